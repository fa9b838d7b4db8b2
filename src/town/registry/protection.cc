// Who is protected on a day, and the one output filter.
#include <algorithm>

#include "town/registry/inside.h"

namespace sonae::registry {
std::shared_ptr<const OutputFilter::ProtectedIds> Registry::Inside::protected_ids(const State& state,
                                                                                  Date day) {
  {
    const std::lock_guard lock(mutex);
    if (protected_day_.ids && protected_day_.generation == state.generation && protected_day_.day == day)
      return protected_day_.ids;
  }
  auto ids = std::make_shared<OutputFilter::ProtectedIds>();
  for (const ProtectionRow& row : state.marks)
    if (holds_on(day, row.mark.from, row.mark.until)) ids->insert(row.mark.resident.text());
  const auto add_marks_of = [&](const Snapshot& snapshot, const std::string* only) {
    for (const FileProtection& one : snapshot.body.protections)
      if (holds_on(day, one.from, one.until) && (only == nullptr || *only == one.resident.text()))
        ids->insert(one.resident.text());
  };
  if (state.current()) add_marks_of(*state.current(), nullptr);
  // Where two snapshots of one day contradict each other, either's mark protects.
  for (const SnapshotPtr& other : state.disputed_current)
    add_marks_of(*other, nullptr);
  for (const Vanished& one : state.vanished)
    if (!one.last->body.protections.empty()) add_marks_of(*one.last, &one.id);
  const std::lock_guard lock(mutex);
  protected_day_ = {state.generation, day, ids};
  return ids;
}

OutputFilter Registry::Inside::filter(const State& state, const api::Actor& actor, Date day) {
  return {protected_ids(state, day), actor.permissions.has(api::Permission::see_protected)};
}

OutputFilter Registry::Inside::filter_over(const State& state, const api::Actor& actor, Date day,
                                           std::initializer_list<SnapshotPtr> shown) {
  auto ids = std::make_shared<OutputFilter::ProtectedIds>(*protected_ids(state, day));
  for (const SnapshotPtr& snapshot : shown)
    for (const FileProtection& one : snapshot->body.protections)
      if (snapshot != state.current()) ids->insert(one.resident.text());
  return {std::move(ids), actor.permissions.has(api::Permission::see_protected)};
}

std::unexpected<Error> no_such_resident() {
  return fail(ErrorCode::not_found,
              {"その番号の人は台帳にいません", "Nobody in the registry has this number"});
}

}  // namespace sonae::registry

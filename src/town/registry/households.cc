// Who lives together: which chunks hold somebody of a household.
#include <algorithm>

#include "town/registry/inside.h"

namespace sonae::registry {
namespace {

std::uint64_t hash_of(std::string_view household) {
  return std::hash<std::string_view>{}(household);
}

}  // namespace

// Sixteen bytes for each resident, made in one pass when a household is first asked for.
std::shared_ptr<const Registry::Inside::Households> Registry::Inside::households(
    store::Connection& connection, const State& state) {
  {
    const std::lock_guard lock(mutex);
    if (households_ && households_->version == state.version) return households_;
  }
  auto made = std::make_shared<Households>();
  made->version = state.version;
  const Snapshot& current = *state.current();
  const auto reader = current.reader();
  for (std::size_t i = 0; i < current.body.chunks.size(); ++i)
    for_each_line(read_chunk(blobs(connection), current.body.chunks[i]), [&](const ChunkReader& line) {
      const std::string_view household = reader->row(line.cells()).household;
      if (!household.empty()) made->chunks.emplace_back(hash_of(household), static_cast<std::uint32_t>(i));
    });
  std::ranges::sort(made->chunks);
  const auto repeated = std::ranges::unique(made->chunks);
  made->chunks.erase(repeated.begin(), repeated.end());
  const std::lock_guard lock(mutex);
  households_ = made;
  return made;
}

void Registry::Inside::for_each_of_household(store::Connection& connection, const State& state,
                                             std::string_view household,
                                             const std::function<void(const ResidentRow&)>& visit) {
  if (!state.current() || household.empty()) return;
  const auto known = households(connection, state);
  const Snapshot& current = *state.current();
  const auto reader = current.reader();
  const auto places = std::ranges::equal_range(known->chunks, hash_of(household), {},
                                               &std::pair<std::uint64_t, std::uint32_t>::first);
  for (const auto& [hash, chunk] : places)
    for_each_line(read_chunk(blobs(connection), current.body.chunks[chunk]), [&](const ChunkReader& line) {
      if (const ResidentRow& row = reader->row(line.cells()); row.household == household) visit(row);
    });
  for (const Vanished& one : state.vanished)
    if (one.is_current())
      find(connection, state, one.id, [&](const ResidentRow& row) {
        if (row.household == household) visit(row);
      });
}

Result<ResidentList> Registry::household(api::Call& call, const HouseholdRequest& request) {
  const Date today = inside_->town.today();
  const StatePtr now = inside_->state();
  const OutputFilter shown_to = inside_->filter(*now, call.actor, today);
  const auto connection = inside_->town.journal().reader();
  ResidentList list;
  std::vector<std::string> shown;
  inside_->for_each_of_household(*connection, *now, request.household.text(), [&](const ResidentRow& row) {
    if (!shown_to.may_show(row.id)) return;
    list.residents.push_back(to_resident(row, today));
    list.residents.back().protected_person = shown_to.shows_as_protected(row.id);
    shown.push_back(access::shown(list.residents.back().id));
  });
  TRY(inside_->access.record_look(call, "registry.household", std::move(shown)));
  return list;
}

}  // namespace sonae::registry

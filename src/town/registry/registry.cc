#include "town/registry/registry.h"

#include <algorithm>

#include "town/registry/inside.h"

namespace sonae::registry {

Registry::Registry(town::Town& town, access::Access& access)
    : inside_(std::make_unique<Inside>(town, access)) {}
Registry::~Registry() = default;

OutputFilter Registry::output_filter(const api::Actor& actor, Date day) const {
  return inside_->filter(*inside_->state(), actor, day);
}

void Registry::for_each_current(const std::function<void(const ResidentRow&)>& visit) const {
  const StatePtr now = inside_->state();
  const auto connection = inside_->town.journal().reader();
  inside_->for_each(*connection, *now, visit);
}

bool Registry::find(const ResidentId& id, const std::function<void(const ResidentRow&)>& use) const {
  const StatePtr now = inside_->state();
  const auto connection = inside_->town.journal().reader();
  return inside_->find(*connection, *now, id.text(), use);
}

std::optional<Resident> Registry::find(const ResidentId& id) const {
  std::optional<Resident> found;
  find(id, [&](const ResidentRow& row) { found = to_resident(row, inside_->town.today()); });
  return found;
}

std::string Registry::version() const {
  return inside_->state()->version;
}

Result<std::shared_ptr<const PeopleIndex>> Registry::people_index(Progress& progress) const {
  return inside_->people(progress);
}

Result<ImportReport> Registry::import(api::Call& call, const ImportRequest& request) {
  return inside_->import(call, request);
}
Result<ExportAnswer> Registry::export_residents(api::Call& call, const ExportRequest& request) {
  return inside_->export_residents(call, request);
}
Result<api::FileAnswer> Registry::set_aside(api::Call& call, const SetAsideRequest& request) {
  return inside_->set_aside(call, request);
}
Result<DifferenceReport> Registry::differences(api::Call& call, const DifferencesRequest& request) {
  return inside_->difference_report(call, request);
}
Result<Questions> Registry::questions(api::Call& call, const QuestionsRequest& request) {
  return inside_->questions(call, request);
}
Result<Recorded> Registry::answer_vanished(api::Call& call, const AnswerVanishedRequest& request) {
  return inside_->answer_vanished(call, request);
}
Result<Recorded> Registry::protect(api::Call& call, const ProtectRequest& request) {
  return inside_->protect(call, request);
}
Result<Recorded> Registry::lift_protection(api::Call& call, const LiftProtectionRequest& request) {
  return inside_->lift_protection(call, request);
}
Result<Protections> Registry::protections(api::Call& call) {
  return inside_->protections(call);
}

Result<Resident> Registry::resident(api::Call& call, const ResidentRequest& request) {
  const StatePtr now = inside_->state();
  const Date today = inside_->town.today();
  const OutputFilter shown_to = inside_->filter(*now, call.actor, today);
  const auto connection = inside_->town.journal().reader();
  Resident resident;
  const bool is_there = inside_->find(
      *connection, *now, request.resident.text(),
      [&](const ResidentRow& row) { resident = to_resident(row, today); },
      [&](const Snapshot& snapshot, const std::vector<std::string_view>& cells) {
        resident.items.reserve(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i)
          resident.items.push_back({snapshot.body.columns[i], std::string(cells[i])});
      });
  if (!is_there || !shown_to.may_show(request.resident)) return no_such_resident();
  resident.protected_person = shown_to.shows_as_protected(request.resident.text());
  TRY(inside_->access.record_look(call, "registry.resident", {access::shown(resident.id)}));
  return resident;
}

Result<SnapshotList> Registry::snapshots(api::Call& call) const {
  const StatePtr now = inside_->state();
  const auto connection = inside_->town.journal().reader();
  const OutputFilter shown_to = inside_->filter(*now, call.actor, inside_->town.today());
  SnapshotList list;
  for (const SnapshotRow& row : now->rows)
    list.snapshots.push_back(inside_->summary(*connection, *now, row, shown_to));
  std::ranges::reverse(list.snapshots);
  list.unfinished = inside_->unfinished(*connection, *now);
  return list;
}

Result<LayoutList> Registry::layouts(api::Call&) const {
  LayoutList list;
  for (const LayoutPtr& layout : TRY(inside_->layouts()))
    list.layouts.push_back({layout->name, layout->title, layout->title_english, layout->remark, layout->own,
                            layout->header, static_cast<std::int64_t>(layout->columns.size())});
  return list;
}

Result<RegistryStatus> Registry::status(api::Call& call) const {
  const StatePtr now = inside_->state();
  const auto connection = inside_->town.journal().reader();
  const Date today = inside_->town.today();
  const OutputFilter shown_to = inside_->filter(*now, call.actor, today);
  RegistryStatus status;
  if (now->current()) status.current = inside_->summary(*connection, *now, now->chain.back(), shown_to);
  const Inside::Totals totals = inside_->totals(*connection, *now, shown_to, today);
  status.residents = totals.residents;
  status.households = totals.households;
  status.search_ready = inside_->people_version() == now->version;
  for (const Vanished& one : now->vanished)
    if (shown_to.may_show(one.id) && !one.outcome()) ++status.open_questions;
  return status;
}

}  // namespace sonae::registry

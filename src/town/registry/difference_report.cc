// The difference report: pages of who moved, was born, died, changed or vanished.
#include <algorithm>
#include <unordered_set>

#include "town/registry/inside.h"

namespace sonae::registry {
namespace {

std::vector<std::string_view> views(const std::vector<std::string>& cells) {
  return {cells.begin(), cells.end()};
}

std::string name_in(const Snapshot& snapshot, const std::vector<std::string>& cells) {
  const auto reader = snapshot.reader();
  return std::string(reader->row(views(cells)).name);
}

}  // namespace

std::vector<PairDifferences::One> Registry::Inside::changes(store::Connection& connection, const State& state,
                                                            std::size_t in_chain) {
  if (in_chain == 0) return {};
  std::unordered_set<std::string> gone;
  for (std::size_t i = 1; i < in_chain; ++i) {
    const auto earlier = pair(connection, state.chain[i - 1], state.chain[i]);
    for (const std::string& id : earlier->fresh)
      gone.erase(id);
    for (const PairDifferences::One& one : earlier->all)
      if (one.change == Change::vanished) gone.insert(one.id);
  }
  std::vector<PairDifferences::One> all =
      pair(connection, state.chain[in_chain - 1], state.chain[in_chain])->all;
  for (PairDifferences::One& one : all)
    if ((one.change == Change::moved_in || one.change == Change::born) && gone.contains(one.id))
      one.change = Change::returned;
  return all;
}

Result<DifferenceReport> Registry::Inside::difference_report(api::Call& call,
                                                             const DifferencesRequest& request) {
  const StatePtr now = state();
  const auto connection = town.journal().reader();
  const SnapshotPtr after = TRY(chosen(*connection, *now, request.snapshot));
  const auto place = std::ranges::find(now->chain, after->fact, &SnapshotRow::fact);
  DifferenceReport report;
  const OutputFilter of_today = filter(*now, call.actor, town.today());
  if (place == now->chain.end()) return report;  // replaced since: nothing to compare with
  report.after = summary(*connection, *now, *place, of_today);
  if (place == now->chain.begin()) return report;
  const SnapshotPtr before = snapshot(*connection, *(place - 1));
  if (!before) return report;  // its blobs are not here any more
  report.before = summary(*connection, *now, *(place - 1), of_today);

  const OutputFilter shown_to = filter_over(*now, call.actor, town.today(), {before, after});
  std::vector<PairDifferences::One> changes_shown =
      changes(*connection, *now, static_cast<std::size_t>(place - now->chain.begin()));
  std::erase_if(changes_shown, [&](const PairDifferences::One& one) { return !shown_to.may_show(one.id); });
  report.counts = count(changes_shown);
  if (request.change)
    std::erase_if(changes_shown, [&](const auto& one) { return one.change != *request.change; });
  report.total = static_cast<std::int64_t>(changes_shown.size());

  std::vector<std::string> shown;
  const std::int64_t first = std::max<std::int64_t>(0, request.offset.value_or(0));
  const std::int64_t limit = std::clamp<std::int64_t>(request.limit.value_or(100), 0, 1000);
  for (std::int64_t i = first; i < std::min(report.total, first + limit); ++i) {
    const PairDifferences::One& one = changes_shown[static_cast<std::size_t>(i)];
    Difference row{ResidentId(one.id), {}, one.change, {}};
    const auto old_cells = cells(*connection, *before, one.id);
    const auto new_cells = cells(*connection, *after, one.id);
    row.name = new_cells ? name_in(*after, *new_cells) : old_cells ? name_in(*before, *old_cells) : "";
    if (old_cells && new_cells) row.items = changed_items(*before, *old_cells, *after, *new_cells);
    shown.push_back(access::shown(row.resident));
    report.rows.push_back(std::move(row));
  }
  TRY(access.record_look(call, "registry.differences", std::move(shown)));
  return report;
}

}  // namespace sonae::registry

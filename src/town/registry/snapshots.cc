// The list of snapshots, and one of them chosen.
#include <algorithm>

#include "town/registry/inside.h"

namespace sonae::registry {

SnapshotSummary Registry::Inside::summary(store::Connection& connection, const State& state,
                                          const SnapshotRow& row, const OutputFilter& filter) {
  SnapshotSummary summary;
  summary.snapshot = row.snapshot;
  summary.fact = row.fact;
  summary.as_of = row.as_of;
  summary.taken = row.taken;
  summary.superseded = row.superseded;
  summary.current = state.current() && state.current()->fact == row.fact;
  summary.disputed = std::ranges::find(state.disputed, row.fact) != state.disputed.end();
  if (const SnapshotPtr opened = snapshot(connection, row)) {
    summary.layout = opened->body.layout;
    summary.file_name = opened->body.file_name;
    if (filter.sees_protected()) summary.counts = opened->body.counts;
  } else {
    summary.complete = false;
  }
  return summary;
}

std::vector<UnfinishedImport> Registry::Inside::unfinished(store::Connection& connection,
                                                           const State& state) {
  Instant newest;
  for (const SnapshotRow& row : state.rows)
    newest = std::max(newest, row.taken);
  std::optional<SnapshotId> under_way;
  {
    const std::lock_guard lock(mutex);
    under_way = importing_;
  }
  std::vector<UnfinishedImport> list;
  for (UnfinishedRow& row : unfinished_rows(connection))
    if (newest <= row.started && row.snapshot != under_way)
      list.push_back({std::move(row.file_name), row.as_of, row.started});
  return list;
}

Result<SnapshotPtr> Registry::Inside::chosen(store::Connection& connection, const State& state,
                                             const std::optional<SnapshotId>& id) {
  if (!id) {
    if (state.current()) return state.current();
    return fail(ErrorCode::not_found, {"台帳がまだ取り込まれていません", "No registry has been imported yet"},
                {}, {"sonae registry import で取り込んでください", "Import one with sonae registry import"});
  }
  SnapshotPtr found;
  for (const SnapshotRow& row : state.rows)
    if (row.snapshot == *id && (!found || !row.superseded))
      if (SnapshotPtr opened = snapshot(connection, row)) found = std::move(opened);
  if (!found)
    return fail(ErrorCode::not_found, {"そのスナップショットはありません", "There is no such snapshot"});
  return found;
}

}  // namespace sonae::registry

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

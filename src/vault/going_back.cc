#include "vault/going_back.h"

#include <map>

#include "journal/header.h"
#include "journal/reading.h"
#include "journal/tables.h"
#include "town/nodes/facts.h"

namespace sonae::vault {

namespace {

bool is_taken_back(journal::Stream stream) {
  return stream == journal::Stream::urgent || stream == journal::Stream::ordinary;
}

// The position of the first entry that was received later. A node's hybrid clock never runs back, so what
// follows it is later too.
std::uint64_t received_until(store::Connection& connection, const journal::LogHere& log, Instant as_of) {
  const auto row =
      connection.query("SELECT header FROM journal_entry WHERE row >= $1 AND row < $2 ORDER BY row",
                       journal::row_of(log.number, 0), journal::row_of(log.number, log.size));
  std::uint64_t position = 0;
  while (row->next()) {
    const auto header = journal::read_header(row->bytes(0));
    if (header && header->time.wall > as_of) break;
    ++position;
  }
  return position;
}

}  // namespace

Result<std::uint64_t> go_back(town::Town& town, Instant as_of) {
  std::map<NodeId, nodes::Revoked> limits;
  std::map<NodeId, std::uint64_t> set_aside;
  std::uint64_t kept = 0, all = 0;
  const auto connection = town.journal().reader();
  for (const journal::LogHere& log : journal::logs_here(*connection)) {
    if (log.log.node == town.journal().node()) continue;
    const std::uint64_t size =
        is_taken_back(log.log.stream) ? received_until(*connection, log, as_of) : log.size;
    if (is_taken_back(log.log.stream)) kept += size;
    limits[log.log.node].accepted.push_back({log.log.stream, size});
    set_aside[log.log.node] += log.size - size;
    all += log.size - size;
  }
  if (kept == 0)
    return fail(ErrorCode::not_found, {"その時刻には、まだ何もありません", "There is nothing as old as that"},
                to_japan_time(as_of));
  journal::Batch batch;
  for (auto& [node, revoked] : limits) {
    if (set_aside[node] == 0) continue;
    revoked.node = node;
    revoked.because =
        "控えから " + to_japan_time(as_of) + " の状態に戻した / restored as of " + to_rfc3339(as_of);
    batch.drafts.push_back(
        journal::draft(journal::Stream::urgent, "node.revoked", {{"node", node.text()}}, GrantId{}, revoked));
  }
  if (!batch.drafts.empty()) TRY(town.journal().append(std::move(batch)));
  return all;
}

}  // namespace sonae::vault

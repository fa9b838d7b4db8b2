#include "journal/high_water.h"

#include <algorithm>

#include "journal/checkpoint.h"
#include "journal/fact_proof.h"
#include "journal/header.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {

bool has_journal(store::Connection& connection) {
  return std::ranges::any_of(connection.schema(), [](const std::string& part) {
    return part.starts_with("table journal_checkpoint ");
  });
}

struct Found {
  std::int64_t number = 0;
  LogHead head;
};

std::vector<Found> stored_heads(store::Connection& connection, const NodeId& node) {
  std::vector<Found> found;
  if (!has_journal(connection)) return found;
  const auto rows = connection.query(
      "SELECT l.number, l.stream, c.note FROM journal_log l JOIN journal_checkpoint c ON c.log = l.number "
      "WHERE l.node = $1 AND c.size = (SELECT MAX(size) FROM journal_checkpoint WHERE log = l.number) "
      "ORDER BY l.stream",
      node);
  while (rows->next()) {
    const auto stream = stream_in(*rows, 1);
    const Result<SignedCheckpoint> note = read_checkpoint(rows->bytes(2));
    if (!note)
      throw store::StoreError(
          {ErrorCode::corrupt,
           {"チェックポイントが壊れています", "A checkpoint is damaged"},
           "log " + node.text() + "/" + std::string(stream_name(stream)),
           {"sonae verify で場所を確かめてください", "Find the place with sonae verify"}});
    found.push_back({rows->integer(0), {{node, stream}, note->checkpoint.size, note->checkpoint.root}});
  }
  return found;
}

}  // namespace

std::vector<LogHead> heads(store::Connection& connection, const NodeId& node) {
  std::vector<LogHead> result;
  for (const Found& found : stored_heads(connection, node))
    result.push_back(found.head);
  return result;
}

std::vector<NodeId> nodes_with_logs(store::Connection& connection) {
  std::vector<NodeId> nodes;
  if (!has_journal(connection)) return nodes;
  const auto row = connection.query("SELECT DISTINCT node FROM journal_log ORDER BY node");
  while (row->next())
    nodes.push_back(row->id<NodeId>(0));
  return nodes;
}

HighWater compare(store::Connection& connection, const std::vector<LogHead>& remembered) {
  HighWater result = HighWater::fits;
  for (const LogHead& mark : remembered) {
    if (mark.size == 0) continue;
    const std::vector<Found> here = stored_heads(connection, mark.log.node);
    const auto found = std::ranges::find_if(here, [&](const Found& log) { return log.head.log == mark.log; });
    if (found == here.end() || found->head.size < mark.size)
      result = HighWater::behind;
    else if (root_of(stored_hashes(connection, found->number), mark.size) != mark.root)
      return HighWater::forked;
  }
  return result;
}

}  // namespace sonae::journal

#include "journal/foreign_log.h"

#include <algorithm>

#include "journal/checkpoint.h"
#include "journal/entries.h"
#include "journal/erasing.h"
#include "journal/fork.h"
#include "journal/header.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {

std::unexpected<Error> refused(const ReadyRange& range, ErrorCode code, Phrase what, Phrase what_to_do = {}) {
  return fail(code, std::move(what),
              "log " + range.log.node.text() + "/" + std::string(stream_name(range.log.stream)),
              std::move(what_to_do));
}

struct Found {
  std::int64_t number = 0;
  std::uint64_t size = 0;
};

Found find_or_make(store::Connection& connection, const ReadyRange& range) {
  const auto stream = static_cast<int>(range.log.stream);
  const auto log = connection.query("SELECT number FROM journal_log WHERE node = $1 AND stream = $2",
                                    range.log.node, stream);
  if (log->next()) {
    const std::int64_t number = log->integer(0);
    const auto last = connection.query("SELECT MAX(row) FROM journal_entry WHERE row >= $1 AND row < $2",
                                       row_of(number, 0), row_of(number + 1, 0));
    return {number, last->next() && !last->is_null(0) ? position_of(last->integer(0)) + 1 : 0};
  }
  const auto last = connection.query("SELECT MAX(number) FROM journal_log");
  const std::int64_t number = last->next() ? last->integer(0) + 1 : 1;
  connection.run("INSERT INTO journal_log (number, node, stream, public_key) VALUES ($1, $2, $3, $4)", number,
                 range.log.node, stream, store::Blob{range.key.bytes()});
  return {number, 0};
}

// The first position at which what came differs from what is here already.
std::optional<std::uint64_t> first_difference(store::Connection& connection, std::int64_t log,
                                              std::uint64_t size, std::uint64_t first,
                                              const std::vector<EntryToStore>& entries) {
  const std::uint64_t end = std::min(size, first + entries.size());
  if (end <= first) return std::nullopt;
  const auto rows =
      connection.query("SELECT row, leaf_hash FROM journal_entry WHERE row >= $1 AND row < $2 ORDER BY row",
                       row_of(log, first), row_of(log, end));
  while (rows->next()) {
    const std::uint64_t position = position_of(rows->integer(0));
    if (rows->bytes(1) != entries[position - first].leaf.bytes()) return position;
  }
  return std::nullopt;
}

}  // namespace

std::span<const EntryToStore> new_entries(const ReadyRange& range, const RangeStored& stored) {
  if (stored.end_row <= stored.first_new_row) return {};
  return std::span(range.entries).subspan(position_of(stored.first_new_row) - range.first);
}

Result<RangeStored> store_range(store::Connection& connection, const TownId& town, const ReadyRange& range,
                                const Ruling& ruling, const NodeId& own) {
  const std::uint64_t end = range.first + range.entries.size();
  const SignedCheckpoint note = TRY(read_checkpoint(range.checkpoint));
  if (node_id_of(range.key) != range.log.node || !is_signed_by(note, range.key) ||
      note.checkpoint.origin != origin_of(town, range.log) || note.checkpoint.size != end)
    return refused(
        range, ErrorCode::invalid_input,
        {"受け取った記録の署名が合いません", "The received range is not signed by its log's node"});
  const std::vector<EntryToStore>& entries = range.entries;

  const Found log = find_or_make(connection, range);
  if (log.size < range.first)
    return refused(range, ErrorCode::not_found,
                   {"この前の記録がまだ届いていません", "Positions before this range are missing"});
  Frontier frontier = stored_frontier(connection, log.number, range.first);
  std::vector<std::pair<Subtree, Hash>> completed_by_new;
  for (std::size_t i = 0; i < entries.size(); ++i)
    frontier.add(entries[i].leaf, [&](const Subtree& subtree, const Hash& hash) {
      if (range.first + i >= log.size) completed_by_new.emplace_back(subtree, hash);
    });
  if (frontier.root() != note.checkpoint.root)
    return refused(
        range, ErrorCode::conflict,
        {"受け取った記録が署名された内容と違います", "The received range contradicts its signed head"});
  RangeStored stored;
  const auto touch = [&](const Header& header) {
    stored.touched.insert(stored.touched.end(), header.subjects.begin(), header.subjects.end());
  };
  // An entry that is here already: only its body may have been lacking.
  const auto put_back_known = [&](std::size_t i) {
    const std::uint64_t position = range.first + i;
    if (put_back(connection, row_of(log.number, position), entries[i]) && ruling.admits(range.log, position))
      touch(entries[i].header);
  };
  if (const auto differs = first_difference(connection, log.number, log.size, range.first, entries)) {
    Bytes leaves;
    for (std::size_t i = *differs - range.first; i < entries.size(); ++i) {
      store_branch_entry(connection, log.number, range.first + i, entries[i]);
      leaves += entries[i].leaf.bytes();
      stored.governing = stored.governing || governs(entries[i].header);
    }
    store_fork(connection, log.number, *differs, end, range.checkpoint, leaves);
    // Both histories begin alike: a body that was lacking there comes back with either.
    for (std::size_t i = 0; i < *differs - range.first; ++i)
      put_back_known(i);
    return stored;
  }
  if (range.log.node == own && end > log.size)
    return refused(
        range, ErrorCode::conflict,
        {"自分の記録の続きが、ほかにあります", "This node's own log is longer elsewhere"},
        {"同じ鍵の機械がほかにあるか、古い写しです。サーバーを止め、sonae node renew DIR "
         "で新しいノードとして続けてください",
         "Another machine has this key, or this is an old copy. Stop the server, and go on as a new "
         "node with sonae node renew DIR"});
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::uint64_t position = range.first + i;
    const Header& header = entries[i].header;
    if (position < log.size) {
      put_back_known(i);
      continue;
    }
    const bool admitted = ruling.admits(range.log, position);
    store_entry(connection, row_of(log.number, position), entries[i], admitted);
    if (entries[i].body_hash && !is_ordered_erased(connection, header))
      note_lacking(connection, row_of(log.number, position));
    stored.governing = stored.governing || governs(header);
    if (admitted) touch(header);
  }
  stored.first_new_row = row_of(log.number, std::max(log.size, range.first));
  stored.end_row = row_of(log.number, end);
  for (const auto& [subtree, hash] : completed_by_new)
    store_subtree(connection, log.number, subtree, hash);
  if (end >= log.size) store_checkpoint(connection, log.number, end, range.checkpoint);
  return stored;
}

}  // namespace sonae::journal

#include "journal/fork.h"

#include <algorithm>

#include "journal/header.h"
#include "journal/reading.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {
constexpr std::size_t kHashBytes = 32;
}

void store_branch_entry(store::Connection& connection, std::int64_t log, std::uint64_t position,
                        const EntryToStore& entry) {
  std::optional<store::Blob> salt, body, body_hash;  // absent: NULL
  if (entry.body_hash) {
    body_hash = store::Blob{entry.body_hash->bytes()};
  } else {
    salt = store::Blob{entry.salt};
    body = store::Blob{entry.body};
  }
  connection.run(
      "INSERT INTO journal_branch (log, position, leaf_hash, header, salt, body, body_hash) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (log, position, leaf_hash) DO NOTHING",
      log, position, store::Blob{entry.leaf.bytes()}, store::Blob{entry.header_bytes}, salt, body, body_hash);
}

void store_fork(store::Connection& connection, std::int64_t log, std::uint64_t position, std::uint64_t size,
                BytesView note, BytesView leaves) {
  struct Earlier {
    std::int64_t size;
    Bytes note;
  };
  std::vector<Earlier> shorter;
  {
    const auto known =
        connection.query("SELECT size, note, leaves FROM journal_fork_leaf WHERE log = $1", log);
    while (known->next()) {
      const BytesView before = known->bytes(2);
      if (before.size() >= leaves.size() && before.starts_with(leaves)) return;
      if (leaves.starts_with(before)) shorter.push_back({known->integer(0), Bytes(known->bytes(1))});
    }
  }
  for (const Earlier& one : shorter)
    for (const char* const table : {"journal_fork", "journal_fork_leaf"})
      connection.run("DELETE FROM " + std::string(table) + " WHERE log = $1 AND size = $2 AND note = $3", log,
                     one.size, store::Blob{one.note});
  connection.run("INSERT INTO journal_fork (log, size, note, position) VALUES ($1, $2, $3, $4)", log, size,
                 store::Blob{note}, position);
  connection.run("INSERT INTO journal_fork_leaf (log, size, note, leaves) VALUES ($1, $2, $3, $4)", log, size,
                 store::Blob{note}, store::Blob{leaves});
}

std::vector<Fork> forks(store::Connection& connection) {
  std::vector<Fork> all;
  const auto row = connection.query(
      "SELECT l.node, l.stream, f.position, f.size, f.note, k.leaves, "
      "(SELECT COUNT(*) FROM journal_branch b WHERE b.log = f.log) FROM journal_fork f "
      "JOIN journal_log l ON l.number = f.log "
      "JOIN journal_fork_leaf k ON k.log = f.log AND k.size = f.size AND k.note = f.note "
      "ORDER BY l.node, l.stream, f.position, f.size, f.note");
  while (row->next())
    all.push_back({{row->id<NodeId>(0), stream_in(*row, 1)},
                   static_cast<std::uint64_t>(row->integer(2)),
                   static_cast<std::uint64_t>(row->integer(3)),
                   Bytes(row->bytes(4)),
                   Bytes(row->bytes(5)),
                   static_cast<std::uint64_t>(row->integer(6))});
  return all;
}

namespace {

std::int64_t number_of(store::Connection& connection, const LogId& log) {
  const auto found = connection.query("SELECT number FROM journal_log WHERE node = $1 AND stream = $2",
                                      log.node, static_cast<int>(log.stream));
  return found->next() ? found->integer(0) : 0;
}

}  // namespace

Hash root_of_branch(store::Connection& connection, const Fork& fork, std::uint64_t size) {
  Frontier frontier = stored_frontier(connection, number_of(connection, fork.log), fork.position);
  for (std::uint64_t at = fork.position; at < size; ++at)
    if (const auto leaf =
            Hash::from_bytes(BytesView(fork.leaves).substr((at - fork.position) * kHashBytes, kHashBytes)))
      frontier.add(*leaf, [](const Subtree&, const Hash&) {});
  return frontier.root();
}

std::vector<LogEntry> read_branch(store::Connection& connection, const Fork& fork, std::uint64_t first,
                                  std::uint64_t next, std::size_t most_bytes) {
  const std::int64_t log = number_of(connection, fork.log);
  if (first < fork.position)
    return read_entries(connection, log, first, std::min(next, fork.position), most_bytes);
  std::vector<LogEntry> entries;
  std::size_t bytes = 0;
  for (std::uint64_t at = first; at < next; ++at) {
    const BytesView leaf = BytesView(fork.leaves).substr((at - fork.position) * kHashBytes, kHashBytes);
    const auto row = connection.query(
        "SELECT header, salt, body, body_hash FROM journal_branch WHERE log = $1 AND position = $2 AND "
        "leaf_hash = $3",
        log, at, store::Blob{leaf});
    if (!row->next()) break;
    entries.push_back(entry_in(*row));
    bytes += row->bytes(0).size() + row->bytes(1).size() + row->bytes(2).size();
    if (bytes > most_bytes) break;
  }
  return entries;
}

std::vector<Fact> facts_after_fork(store::Connection& connection, const LogId& log, std::uint64_t position) {
  const std::int64_t number = number_of(connection, log);
  std::vector<StoredFact> stored;
  const auto take = [&](std::unique_ptr<store::Cursor> row) {
    while (row->next())
      stored.push_back(read_entry(*row));
  };
  take(connection.query(
      "SELECT row, header, salt, body, leaf_hash FROM journal_entry WHERE row >= $1 AND row < $2",
      row_of(number, position), row_of(number + 1, 0)));
  take(connection.query("SELECT position, header, salt, body, leaf_hash FROM journal_branch WHERE log = $1",
                        number));
  return in_order(std::move(stored));
}

}  // namespace sonae::journal

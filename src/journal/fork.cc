#include "journal/fork.h"

#include "journal/header.h"
#include "journal/tables.h"

namespace sonae::journal {

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
                BytesView note) {
  connection.run(
      "INSERT INTO journal_fork (log, size, note, position) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (log, size, note) DO NOTHING",
      log, size, store::Blob{note}, position);
}

std::vector<Fork> forks(store::Connection& connection) {
  std::vector<Fork> all;
  const auto row = connection.query(
      "SELECT l.node, l.stream, f.position, f.size, f.note, "
      "(SELECT COUNT(*) FROM journal_branch b WHERE b.log = f.log) FROM journal_fork f "
      "JOIN journal_log l ON l.number = f.log ORDER BY l.node, l.stream, f.position, f.size, f.note");
  while (row->next())
    all.push_back({{row->id<NodeId>(0), stream_in(*row, 1)},
                   static_cast<std::uint64_t>(row->integer(2)),
                   static_cast<std::uint64_t>(row->integer(3)),
                   Bytes(row->bytes(4)),
                   static_cast<std::uint64_t>(row->integer(5))});
  return all;
}

std::vector<Fact> facts_after_fork(store::Connection& connection, const LogId& log, std::uint64_t position) {
  const auto found = connection.query("SELECT number FROM journal_log WHERE node = $1 AND stream = $2",
                                      log.node, static_cast<int>(log.stream));
  if (!found->next()) return {};
  const std::int64_t number = found->integer(0);
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

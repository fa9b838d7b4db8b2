// Reading logs as they are handed on: heads, notes, stretches of entries with the blobs that they name. What
// sync sends, what bundles and backups hold. Within one read transaction of the connection, so that all
// agree.
#pragma once

#include <optional>
#include <vector>

#include "base/sign.h"
#include "journal/ingest.h"
#include "store/store.h"

namespace sonae::journal {

// A log that is here, with its newest signed head.
struct LogHere {
  LogId log;
  PublicKey key;
  std::uint64_t size = 0;
  Bytes note;
  std::int64_t number = 0;  // in this database
};
std::vector<LogHere> logs_here(store::Connection& connection);  // by stream, then node
std::optional<LogHere> log_here(store::Connection& connection, const LogId& log);

// The signed head at which a range that begins at `first` is to end: the furthest kept one with no more than
// `most` entries, else the nearest. Absent where nothing follows `first`.
struct Note {
  std::uint64_t size = 0;
  Bytes text;
};
std::optional<Note> note_after(store::Connection& connection, std::int64_t log_number, std::uint64_t first,
                               std::uint64_t most);

// A kept head of exactly this size.
std::optional<Bytes> note_of_size(store::Connection& connection, std::int64_t log_number, std::uint64_t size);

// The key of a node one of whose logs is here.
std::optional<PublicKey> key_of_node(store::Connection& connection, const NodeId& node);

// What a row of (header, salt, body, body_hash) says.
LogEntry entry_in(const store::Cursor& row);

// Entries from `first` on, in order, fewer than `next - first` where `most_bytes` is reached first (one at
// least).
std::vector<LogEntry> read_entries(store::Connection& connection, std::int64_t log_number,
                                   std::uint64_t first, std::uint64_t next, std::size_t most_bytes);

// The blobs that a body names: every JSON string of 64 hex digits that is the address of one that is here. So
// blobs of facts whose kind is not known here travel as well.
std::vector<Hash> blobs_named(store::Connection& connection, BytesView body);

// A whole range with its blobs; absent where nothing follows `first`.
std::optional<LogRange> read_range(store::Connection& connection, const LogId& log, std::uint64_t first,
                                   std::uint64_t most, BytesView town_key);

}  // namespace sonae::journal

#include "journal/reading.h"

#include <algorithm>
#include <set>

#include "journal/blob.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {

constexpr std::size_t kHexDigits = 64;

constexpr std::string_view kSelectLogs =
    "SELECT l.number, l.node, l.stream, l.public_key, c.size, c.note FROM journal_log l "
    "JOIN journal_checkpoint c ON c.log = l.number "
    "WHERE c.size = (SELECT MAX(size) FROM journal_checkpoint WHERE log = l.number) ";

LogHere log_of(const store::Cursor& row) {
  const auto key = PublicKey::from_bytes(row.bytes(3));
  return {{row.id<NodeId>(1), stream_in(row, 2)},
          key ? *key : PublicKey{},
          static_cast<std::uint64_t>(row.integer(4)),
          Bytes(row.bytes(5)),
          row.integer(0)};
}

bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

std::vector<LogHere> logs_here(store::Connection& connection) {
  std::vector<LogHere> all;
  const auto row = connection.query(std::string(kSelectLogs) + "ORDER BY l.stream, l.node");
  while (row->next())
    all.push_back(log_of(*row));
  return all;
}

std::optional<LogHere> log_here(store::Connection& connection, const LogId& log) {
  const auto row = connection.query(std::string(kSelectLogs) + "AND l.node = $1 AND l.stream = $2", log.node,
                                    static_cast<int>(log.stream));
  if (!row->next()) return std::nullopt;
  return log_of(*row);
}

std::optional<Note> note_after(store::Connection& connection, std::int64_t log_number, std::uint64_t first,
                               std::uint64_t most) {
  std::optional<Note> chosen;
  const auto row =
      connection.query("SELECT size, note FROM journal_checkpoint WHERE log = $1 AND size > $2 ORDER BY size",
                       log_number, first);
  while (row->next()) {
    const auto size = static_cast<std::uint64_t>(row->integer(0));
    if (chosen && size > first + most) break;
    chosen = Note{size, Bytes(row->bytes(1))};
  }
  return chosen;
}

std::optional<Bytes> note_of_size(store::Connection& connection, std::int64_t log_number,
                                  std::uint64_t size) {
  const auto row =
      connection.query("SELECT note FROM journal_checkpoint WHERE log = $1 AND size = $2", log_number, size);
  if (!row->next()) return std::nullopt;
  return Bytes(row->bytes(0));
}

std::optional<PublicKey> key_of_node(store::Connection& connection, const NodeId& node) {
  const auto row = connection.query("SELECT public_key FROM journal_log WHERE node = $1 LIMIT 1", node);
  if (!row->next()) return std::nullopt;
  const auto key = PublicKey::from_bytes(row->bytes(0));
  if (!key) return std::nullopt;
  return *key;
}

LogEntry entry_in(const store::Cursor& row) {
  LogEntry entry{Bytes(row.bytes(0)), Bytes(row.bytes(1)), Bytes(row.bytes(2)), std::nullopt};
  if (row.is_null(3)) return entry;
  const auto hash = Hash::from_bytes(row.bytes(3));
  if (hash) entry.body_hash = *hash;
  return entry;
}

std::vector<LogEntry> read_entries(store::Connection& connection, std::int64_t log_number,
                                   std::uint64_t first, std::uint64_t next, std::size_t most_bytes) {
  std::vector<LogEntry> entries;
  std::size_t bytes = 0;
  const auto row = connection.query(
      "SELECT header, salt, body, body_hash FROM journal_entry WHERE row >= $1 AND row < $2 ORDER BY row",
      row_of(log_number, first), row_of(log_number, next));
  while (row->next()) {
    LogEntry entry = entry_in(*row);
    bytes += entry.header.size() + entry.salt.size() + entry.body.size();
    if (!entries.empty() && bytes > most_bytes) break;
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<Hash> blobs_named(store::Connection& connection, BytesView body) {
  std::vector<Hash> found;
  for (std::size_t quote = body.find('"'); quote != BytesView::npos; quote = body.find('"', quote + 1)) {
    const std::size_t end = quote + 1 + kHexDigits;
    if (end >= body.size() || body[end] != '"') continue;
    const std::string_view text = body.substr(quote + 1, kHexDigits);
    if (!is_hex(text)) continue;
    const auto bytes = from_hex(text);
    const auto address = bytes ? Hash::from_bytes(*bytes) : std::unexpected(bytes.error());
    if (!address || std::ranges::find(found, *address) != found.end()) continue;
    const auto row =
        connection.query("SELECT 1 FROM journal_blob WHERE address = $1", store::Blob{address->bytes()});
    if (row->next()) found.push_back(*address);
  }
  return found;
}

std::optional<LogRange> read_range(store::Connection& connection, const LogId& log, std::uint64_t first,
                                   std::uint64_t most, BytesView town_key) {
  const auto here = log_here(connection, log);
  if (!here) return std::nullopt;
  const auto note = note_after(connection, here->number, first, most);
  if (!note) return std::nullopt;
  LogRange range;
  range.log = log;
  range.key = here->key;
  range.first = first;
  range.entries =
      read_entries(connection, here->number, first, note->size, std::numeric_limits<std::size_t>::max());
  range.checkpoint = note->text;
  const Blobs blobs(connection, town_key);
  std::set<Hash> taken;
  for (const LogEntry& entry : range.entries)
    for (const Hash& address : blobs_named(connection, entry.body))
      if (taken.insert(address).second)
        if (auto content = blobs.read(address)) range.blobs.push_back(std::move(*content));
  return range;
}

}  // namespace sonae::journal

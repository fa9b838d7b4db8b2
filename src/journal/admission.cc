#include "journal/admission.h"

#include <algorithm>

#include "journal/entries.h"
#include "journal/erasing.h"
#include "journal/header.h"
#include "journal/journal.h"
#include "journal/meta.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {

struct KnownLog {
  std::int64_t number = 0;
  LogId id;
};

std::vector<KnownLog> known_logs(store::Connection& connection) {
  std::vector<KnownLog> all;
  const auto row = connection.query("SELECT number, node, stream FROM journal_log ORDER BY number");
  while (row->next())
    all.push_back({row->integer(0), {row->id<NodeId>(1), stream_in(*row, 2)}});
  return all;
}

// The stretches that a ruling leaves out of a log.
std::vector<Stretch> left_out(const Ruling& ruling, const LogId& log) {
  if (ruling.everything) return {};
  std::vector<Stretch> out;
  std::uint64_t next = 0;
  if (const auto found = ruling.logs.find(log); found != ruling.logs.end())
    for (const Stretch& in : found->second) {
      if (in.first > next) out.push_back({next, in.first});
      next = std::max(next, in.next);
    }
  if (next < kNoEnd) out.push_back({next, kNoEnd});
  return out;
}

std::int64_t first_row(const KnownLog& log, std::uint64_t position) {
  return position >= (std::uint64_t{1} << kPositionBits) ? row_of(log.number + 1, 0)
                                                         : row_of(log.number, position);
}

struct Moved {
  std::int64_t row = 0;
  Header header;
};

std::vector<Moved> rows_of(store::Connection& connection, std::string_view where, std::int64_t begin,
                           std::int64_t end) {
  std::vector<Moved> found;
  const auto row = connection.query("SELECT e.row, e.header FROM journal_entry e " + std::string(where) +
                                        " AND e.row >= $1 AND e.row < $2 ORDER BY e.row",
                                    begin, end);
  while (row->next())
    if (auto header = read_header(row->bytes(1))) found.push_back({row->integer(0), std::move(*header)});
  return found;
}

constexpr std::string_view kOutside = "JOIN journal_quarantine q ON q.row = e.row WHERE TRUE";
constexpr std::string_view kInside =
    "WHERE NOT EXISTS (SELECT 1 FROM journal_quarantine q WHERE q.row = e.row)";

}  // namespace

bool Ruling::admits(const LogId& log, std::uint64_t position) const {
  if (everything) return true;
  const auto found = logs.find(log);
  return found != logs.end() && std::ranges::any_of(found->second, [&](const Stretch& in) {
           return in.first <= position && position < in.next;
         });
}

std::string Ruling::text() const {
  if (everything) return "everything";
  std::string text;
  for (const auto& [log, stretches] : logs) {
    text += log.node.text() + "/" + std::string(stream_name(log.stream));
    for (const Stretch& in : stretches)
      text += " " + std::to_string(in.first) + "-" + (in.next >= kNoEnd ? "" : std::to_string(in.next));
    text += '\n';
  }
  return text;
}

std::vector<PlacedFact> governing_facts(store::Connection& connection) {
  std::vector<PlacedFact> all;
  const auto row = connection.query(
      "SELECT e.row, e.header, e.salt, e.body, e.leaf_hash, l.node, l.stream FROM journal_governing g "
      "JOIN journal_entry e ON e.row = g.row JOIN journal_log l ON l.number = g.log ORDER BY g.row");
  while (row->next()) {
    StoredFact entry = read_entry(*row);
    all.push_back({{row->id<NodeId>(5), stream_in(*row, 6)}, position_of(entry.row), std::move(entry.fact)});
  }
  // Which history of a forked log stands in the log and which beside it differs from node to node: the ruling
  // must not. (Forks are few and short.)
  const auto beside = connection.query(
      "SELECT b.position, b.header, b.salt, b.body, b.leaf_hash, l.node, l.stream FROM journal_branch b "
      "JOIN journal_log l ON l.number = b.log ORDER BY l.node, l.stream, b.position, b.leaf_hash");
  while (beside->next()) {
    StoredFact entry = read_entry(*beside);
    if (governs(entry.fact.header))
      all.push_back({{beside->id<NodeId>(5), stream_in(*beside, 6)},
                     static_cast<std::uint64_t>(entry.row),
                     std::move(entry.fact)});
  }
  return all;
}

std::vector<Subject> hold_to(store::Connection& connection, const Ruling& ruling) {
  std::vector<Subject> touched;
  const auto touch = [&](const Header& header) {
    touched.insert(touched.end(), header.subjects.begin(), header.subjects.end());
  };
  for (const KnownLog& log : known_logs(connection)) {
    for (const Moved& entry :
         rows_of(connection, kOutside, row_of(log.number, 0), row_of(log.number + 1, 0))) {
      if (!ruling.admits(log.id, position_of(entry.row))) continue;
      connection.run("DELETE FROM journal_quarantine WHERE row = $1", entry.row);
      index_entry(connection, entry.row, entry.header);
      touch(entry.header);
    }
    for (const Stretch& out : left_out(ruling, log.id))
      for (const Moved& entry :
           rows_of(connection, kInside, first_row(log, out.first), first_row(log, out.next))) {
        quarantine_entry(connection, entry.row);
        unindex_entry(connection, entry.row, entry.header);
        touch(entry.header);
      }
  }
  std::ranges::sort(touched);
  const auto repeated = std::ranges::unique(touched);
  touched.erase(repeated.begin(), repeated.end());
  return touched;
}

Ruling apply_ruling(store::Connection& connection, const Options& options, std::vector<Subject>& touched) {
  Ruling ruling = options.admission->rule(options.town, options.anchors, governing_facts(connection));
  // What was applied last is remembered, so that opening a town costs no walk through its logs.
  const std::string text = ruling.text();
  if (meta(connection, "admitted") == text) return ruling;
  const std::vector<Subject> moved = hold_to(connection, ruling);
  // Orders may have come into force, or out of it. (Every order is about the same subject.)
  if (anything_ordered_erased(connection) || std::ranges::find(moved, kErasureOrders) != moved.end())
    erase_all_ordered(connection);
  touched.insert(touched.end(), moved.begin(), moved.end());
  set_meta(connection, "admitted", text);
  return ruling;
}

std::vector<Quarantined> quarantined(store::Connection& connection) {
  std::vector<Quarantined> all;
  for (const KnownLog& log : known_logs(connection)) {
    const auto row =
        connection.query("SELECT row FROM journal_quarantine WHERE row >= $1 AND row < $2 ORDER BY row",
                         row_of(log.number, 0), row_of(log.number + 1, 0));
    while (row->next()) {
      const std::uint64_t position = position_of(row->integer(0));
      if (!all.empty() && all.back().log == log.id && all.back().next == position)
        ++all.back().next;
      else
        all.push_back({log.id, position, position + 1});
    }
  }
  return all;
}

std::vector<Fact> quarantined_facts(store::Connection& connection, const Quarantined& stretch,
                                    std::int64_t limit) {
  std::vector<Fact> facts;
  for (const KnownLog& log : known_logs(connection)) {
    if (log.id != stretch.log) continue;
    const auto row = connection.query(
        "SELECT e.row, e.header, e.salt, e.body, e.leaf_hash FROM journal_quarantine q "
        "JOIN journal_entry e ON e.row = q.row WHERE q.row >= $1 AND q.row < $2 ORDER BY q.row LIMIT $3",
        row_of(log.number, stretch.first), first_row(log, stretch.next), limit);
    while (row->next())
      facts.push_back(read_entry(*row).fact);
  }
  return facts;
}

}  // namespace sonae::journal

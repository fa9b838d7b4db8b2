// Reading the newest facts without reading all.
#include <algorithm>
#include <tuple>

#include "journal/entries.h"
#include "journal/journal.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {

struct RowRange {
  std::int64_t begin;
  std::int64_t end;
};

std::vector<RowRange> logs(store::Connection& connection, std::optional<Stream> stream) {
  std::vector<RowRange> all;
  const auto row = connection.query("SELECT number, stream FROM journal_log ORDER BY number");
  while (row->next())
    if (!stream || row->integer(1) == static_cast<std::int64_t>(*stream))
      all.push_back({row_of(row->integer(0), 0), row_of(row->integer(0) + 1, 0)});
  return all;
}

std::vector<Fact> newest_first(std::vector<StoredFact> found, std::int64_t limit) {
  std::vector<Fact> facts = in_order(std::move(found));
  std::reverse(facts.begin(), facts.end());
  if (facts.size() > static_cast<std::size_t>(limit)) facts.resize(static_cast<std::size_t>(limit));
  return facts;
}

}  // namespace

std::vector<Fact> newest_facts_about(store::Connection& connection, const Subject& subject,
                                     std::int64_t limit) {
  std::vector<StoredFact> found;
  for (const RowRange& log : logs(connection, std::nullopt)) {
    const auto rows = connection.query(
        "SELECT e.row, e.header, e.salt, e.body, e.leaf_hash FROM journal_subject s "
        "JOIN journal_entry e ON e.row = s.row WHERE s.subject = $1 AND s.row >= $2 AND s.row < $3 "
        "ORDER BY s.row DESC LIMIT $4",
        key_of(subject), log.begin, log.end, limit);
    while (rows->next()) {
      StoredFact entry = read_entry(*rows);
      // The key is a hash of eight bytes: another subject may share it.
      const auto& subjects = entry.fact.header.subjects;
      if (std::find(subjects.begin(), subjects.end(), subject) != subjects.end())
        found.push_back(std::move(entry));
    }
  }
  return newest_first(std::move(found), limit);
}

std::vector<Fact> newest_facts_of_stream(store::Connection& connection, Stream stream, std::int64_t limit) {
  std::vector<StoredFact> found;
  for (const RowRange& log : logs(connection, stream)) {
    const auto rows = connection.query(
        "SELECT row, header, salt, body, leaf_hash FROM journal_entry e WHERE row >= $1 AND row < $2 "
        "AND NOT EXISTS (SELECT 1 FROM journal_quarantine q WHERE q.row = e.row) ORDER BY row DESC LIMIT $3",
        log.begin, log.end, limit);
    while (rows->next())
      found.push_back(read_entry(*rows));
  }
  return newest_first(std::move(found), limit);
}

}  // namespace sonae::journal

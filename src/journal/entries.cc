#include "journal/entries.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

#include "journal/admission.h"
#include "journal/header.h"
#include "journal/journal.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {

// A checkpoint that ends a stretch of so many positions is kept for good (docs/formats.md).
constexpr std::uint64_t kKeptEvery = 1024;

bool lists(const Header& header, const Subject& subject) {
  return std::ranges::find(header.subjects, subject) != header.subjects.end();
}

}  // namespace

void store_entry(store::Connection& connection, std::int64_t row, const EntryToStore& entry, bool admitted) {
  if (entry.body_hash)
    connection.run(
        "INSERT INTO journal_entry (row, header, salt, body, body_hash, leaf_hash) "
        "VALUES ($1, $2, NULL, NULL, $3, $4)",
        row, store::Blob{entry.header_bytes}, store::Blob{entry.body_hash->bytes()},
        store::Blob{entry.leaf.bytes()});
  else
    connection.run(
        "INSERT INTO journal_entry (row, header, salt, body, body_hash, leaf_hash) "
        "VALUES ($1, $2, $3, $4, NULL, $5)",
        row, store::Blob{entry.header_bytes}, store::Blob{entry.salt}, store::Blob{entry.body},
        store::Blob{entry.leaf.bytes()});
  if (governs(entry.header))
    connection.run("INSERT INTO journal_governing (row, log) VALUES ($1, $2)", row, log_of(row));
  if (admitted)
    index_entry(connection, row, entry.header);
  else
    quarantine_entry(connection, row);
}

void quarantine_entry(store::Connection& connection, std::int64_t row) {
  connection.run("INSERT INTO journal_quarantine (row, log) VALUES ($1, $2)", row, log_of(row));
}

void unindex_entry(store::Connection& connection, std::int64_t row, const Header& header) {
  connection.run("DELETE FROM journal_fact WHERE fact = $1 AND row = $2", key_of(header.id), row);
  for (const Subject& subject : header.subjects)
    connection.run("DELETE FROM journal_subject WHERE subject = $1 AND row = $2", key_of(subject), row);
  for (const FactId& superseded : header.supersedes)
    connection.run("DELETE FROM journal_supersedes WHERE superseded = $1 AND row = $2", key_of(superseded),
                   row);
}

void index_entry(store::Connection& connection, std::int64_t row, const Header& header) {
  connection.run("INSERT INTO journal_fact (fact, row) VALUES ($1, $2)", key_of(header.id), row);
  for (const Subject& subject : header.subjects)
    connection.run(
        "INSERT INTO journal_subject (subject, row) VALUES ($1, $2) "
        "ON CONFLICT (subject, row) DO NOTHING",
        key_of(subject), row);
  for (const FactId& superseded : header.supersedes)
    connection.run(
        "INSERT INTO journal_supersedes (superseded, row) VALUES ($1, $2) "
        "ON CONFLICT (superseded, row) DO NOTHING",
        key_of(superseded), row);
}

void store_subtree(store::Connection& connection, std::int64_t log, const Subtree& subtree,
                   const Hash& hash) {
  if (subtree.height % kSubtreeBits != 0) return;
  connection.run("INSERT INTO journal_subtree (log, level, number, hash) VALUES ($1, $2, $3, $4)", log,
                 subtree.height / kSubtreeBits, subtree.number, store::Blob{hash.bytes()});
}

void store_checkpoint(store::Connection& connection, std::int64_t log, std::uint64_t size, BytesView note) {
  const auto newest = connection.query("SELECT MAX(size) FROM journal_checkpoint WHERE log = $1", log);
  if (newest->next() && !newest->is_null(0)) {
    const auto earlier = static_cast<std::uint64_t>(newest->integer(0));
    if (earlier / kKeptEvery == size / kKeptEvery)
      connection.run("DELETE FROM journal_checkpoint WHERE log = $1 AND size = $2", log, earlier);
  }
  connection.run("INSERT INTO journal_checkpoint (log, size, note) VALUES ($1, $2, $3)", log, size,
                 store::Blob{note});
}

void store_cosignature(store::Connection& connection, const LogId& log, std::uint64_t size,
                       const NodeId& signer, BytesView line) {
  const auto found = connection.query("SELECT number FROM journal_log WHERE node = $1 AND stream = $2",
                                      log.node, static_cast<int>(log.stream));
  if (!found->next()) return;
  const std::int64_t number = found->integer(0);
  const auto newest = connection.query(
      "SELECT MAX(size) FROM journal_cosignature WHERE log = $1 AND signer = $2", number, signer);
  if (newest->next() && !newest->is_null(0) && newest->integer(0) >= static_cast<std::int64_t>(size)) return;
  connection.run("DELETE FROM journal_cosignature WHERE log = $1 AND signer = $2", number, signer);
  connection.run("INSERT INTO journal_cosignature (log, size, signer, line) VALUES ($1, $2, $3, $4)", number,
                 size, signer, store::Blob{line});
}

StoredFact read_entry(const store::Cursor& entry) {
  StoredFact stored;
  stored.row = entry.integer(0);
  Result<Header> header = read_header(entry.bytes(1));
  const Result<Hash> leaf = Hash::from_bytes(entry.bytes(4));
  if (!header || !leaf)
    throw store::StoreError(
        {ErrorCode::corrupt,
         {"記録の見出しが壊れています", "The header of a fact is damaged"},
         "log " + std::to_string(log_of(stored.row)) + " position " + std::to_string(position_of(stored.row)),
         {"sonae verify で場所を確かめ、控えから戻してください",
          "Find the place with sonae verify and restore from a backup"}});
  stored.leaf = *leaf;
  stored.fact.header = std::move(*header);
  stored.fact.header_bytes = entry.bytes(1);
  stored.fact.erased = entry.is_null(3);
  stored.fact.salt = entry.bytes(2);
  stored.fact.body = entry.bytes(3);
  return stored;
}

std::vector<Fact> in_order(std::vector<StoredFact> stored) {
  // The same fact in two logs may differ in its header; which one is taken must not depend on arrival.
  std::ranges::sort(stored, [](const StoredFact& one, const StoredFact& other) {
    return std::tie(one.fact.header.time, one.fact.header.id, one.leaf) <
           std::tie(other.fact.header.time, other.fact.header.id, other.leaf);
  });
  std::unordered_set<FactId> superseded;
  for (const StoredFact& entry : stored)
    superseded.insert(entry.fact.header.supersedes.begin(), entry.fact.header.supersedes.end());
  std::unordered_set<FactId> seen;
  std::vector<Fact> facts;
  facts.reserve(stored.size());
  for (StoredFact& entry : stored) {
    if (stored.size() > 1 && !seen.insert(entry.fact.header.id).second) continue;
    entry.fact.superseded = superseded.contains(entry.fact.header.id);
    facts.push_back(std::move(entry.fact));
  }
  return facts;
}

std::vector<StoredFact> entries_about(store::Connection& connection, const Subject& subject) {
  const auto rows = connection.query(
      "SELECT e.row, e.header, e.salt, e.body, e.leaf_hash FROM journal_subject s "
      "JOIN journal_entry e ON e.row = s.row WHERE s.subject = $1",
      key_of(subject));
  std::vector<StoredFact> found;
  while (rows->next()) {
    StoredFact entry = read_entry(*rows);
    if (lists(entry.fact.header, subject)) found.push_back(std::move(entry));
  }
  return found;
}

std::vector<Fact> facts_about(store::Connection& connection, const Subject& subject) {
  return in_order(entries_about(connection, subject));
}

std::vector<StoredFact> entries_with_id(store::Connection& connection, const FactId& id) {
  const auto rows = connection.query(
      "SELECT e.row, e.header, e.salt, e.body, e.leaf_hash FROM journal_fact f "
      "JOIN journal_entry e ON e.row = f.row WHERE f.fact = $1",
      key_of(id));
  std::vector<StoredFact> found;
  while (rows->next()) {
    StoredFact entry = read_entry(*rows);
    if (entry.fact.header.id == id) found.push_back(std::move(entry));
  }
  return found;
}

bool is_superseded(store::Connection& connection, const Header& header) {
  const auto rows = connection.query(
      "SELECT e.row, e.header, e.salt, e.body, e.leaf_hash FROM journal_supersedes s "
      "JOIN journal_entry e ON e.row = s.row WHERE s.superseded = $1",
      key_of(header.id));
  while (rows->next()) {
    const Header later = read_entry(*rows).fact.header;
    const bool names_it = std::ranges::find(later.supersedes, header.id) != later.supersedes.end();
    const bool shares_subject =
        std::ranges::any_of(header.subjects, [&](const Subject& subject) { return lists(later, subject); });
    if (names_it && shares_subject) return true;
  }
  return false;
}

std::optional<Fact> fact(store::Connection& connection, const FactId& id) {
  std::vector<Fact> facts = in_order(entries_with_id(connection, id));
  if (facts.empty()) return std::nullopt;
  facts.front().superseded = is_superseded(connection, facts.front().header);
  return std::move(facts.front());
}

}  // namespace sonae::journal

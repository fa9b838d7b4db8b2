#include "journal/erasing.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

#include "journal/admission.h"
#include "journal/entries.h"
#include "journal/header.h"
#include "journal/journal.h"
#include "journal/reading.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {

using Chosen = std::function<bool(const Header&)>;

void note_blobs(store::Connection& connection, BytesView body, std::set<Hash>& blobs) {
  for (const Hash& address : blobs_named(connection, body))
    blobs.insert(address);
}

void erase_row(store::Connection& connection, std::int64_t row, std::set<Hash>& blobs) {
  connection.run("DELETE FROM journal_lacking WHERE row = $1", row);
  Hash kept;
  {
    const auto entry =
        connection.query("SELECT salt, body FROM journal_entry WHERE row = $1 AND body IS NOT NULL", row);
    if (!entry->next()) return;
    note_blobs(connection, entry->bytes(1), blobs);
    kept = body_hash(entry->bytes(0), entry->bytes(1));
  }
  connection.run("UPDATE journal_entry SET salt = NULL, body = NULL, body_hash = $1 WHERE row = $2",
                 store::Blob{kept.bytes()}, row);
}

void erase_in_quarantine(store::Connection& connection, const Chosen& chosen, std::set<Hash>& blobs) {
  std::vector<std::int64_t> rows;
  {
    const auto waiting = connection.query(
        "SELECT e.row, e.header FROM journal_quarantine q JOIN journal_entry e ON e.row = q.row");
    while (waiting->next())
      if (const auto header = read_header(waiting->bytes(1)); header && chosen(*header))
        rows.push_back(waiting->integer(0));
  }
  for (const std::int64_t row : rows)
    erase_row(connection, row, blobs);
}

void erase_in_branches(store::Connection& connection, const Chosen& chosen, std::set<Hash>& blobs) {
  struct Found {
    std::int64_t log, position;
    Bytes leaf;
    Hash kept;
  };
  std::vector<Found> all;
  {
    const auto row = connection.query(
        "SELECT log, position, leaf_hash, header, salt, body FROM journal_branch WHERE body IS NOT NULL");
    while (row->next()) {
      const auto header = read_header(row->bytes(3));
      if (!header || !chosen(*header)) continue;
      note_blobs(connection, row->bytes(5), blobs);
      all.push_back(
          {row->integer(0), row->integer(1), Bytes(row->bytes(2)), body_hash(row->bytes(4), row->bytes(5))});
    }
  }
  for (const Found& one : all)
    connection.run(
        "UPDATE journal_branch SET salt = NULL, body = NULL, body_hash = $1 "
        "WHERE log = $2 AND position = $3 AND leaf_hash = $4",
        store::Blob{one.kept.bytes()}, one.log, one.position, store::Blob{one.leaf});
}

// Takes those out that a body still names.
void spare_named(store::Connection& connection, std::string_view select, std::set<Hash>& blobs) {
  if (blobs.empty()) return;
  const auto row = connection.query(select);
  while (row->next() && !blobs.empty())
    std::erase_if(blobs, [&](const Hash& address) {
      return row->bytes(0).find("\"" + address.hex() + "\"") != BytesView::npos;
    });
}

void drop_unnamed(store::Connection& connection, std::set<Hash> blobs) {
  spare_named(connection, "SELECT body FROM journal_entry WHERE body IS NOT NULL", blobs);
  spare_named(connection, "SELECT body FROM journal_branch WHERE body IS NOT NULL", blobs);
  for (const Hash& address : blobs)
    connection.run("DELETE FROM journal_blob WHERE address = $1", store::Blob{address.bytes()});
}

std::unordered_set<FactId> named_by_orders(store::Connection& connection) {
  std::unordered_set<FactId> named;
  for (const Fact& fact : facts_about(connection, kErasureOrders))
    if (orders_erasure(fact.header))
      named.insert(fact.header.supersedes.begin(), fact.header.supersedes.end());
  return named;
}

}  // namespace

bool may_be_erased(const Header& header) {
  return !governs(header) && !orders_erasure(header);
}

bool anything_ordered_erased(store::Connection& connection) {
  return connection.query("SELECT 1 FROM journal_subject WHERE subject = $1 LIMIT 1", key_of(kErasureOrders))
      ->next();
}

bool is_ordered_erased(store::Connection& connection, const Header& header) {
  if (!may_be_erased(header)) return false;
  const auto row = connection.query(
      "SELECT e.header FROM journal_supersedes s JOIN journal_entry e ON e.row = s.row WHERE s.superseded = "
      "$1",
      key_of(header.id));
  while (row->next()) {
    const auto later = read_header(row->bytes(0));
    if (later && orders_erasure(*later) &&
        std::ranges::find(later->supersedes, header.id) != later->supersedes.end())
      return true;
  }
  return false;
}

void erase_where_ordered(store::Connection& connection, std::span<const FactId> facts, std::set<Hash> blobs) {
  std::unordered_set<FactId> ordered;
  const Chosen chosen = [&](const Header& header) {
    return ordered.contains(header.id) && is_ordered_erased(connection, header);
  };
  ordered.insert(facts.begin(), facts.end());
  for (const FactId& id : ordered)
    for (const StoredFact& entry : entries_with_id(connection, id))
      if (chosen(entry.fact.header)) erase_row(connection, entry.row, blobs);
  erase_in_quarantine(connection, chosen, blobs);
  erase_in_branches(connection, chosen, blobs);
  drop_unnamed(connection, std::move(blobs));
}

void erase_all_ordered(store::Connection& connection) {
  const std::unordered_set<FactId> named = named_by_orders(connection);
  const std::vector<FactId> all(named.begin(), named.end());
  erase_where_ordered(connection, all);
  std::vector<std::int64_t> without, with;
  {
    const auto row = connection.query("SELECT row, header FROM journal_entry WHERE body IS NULL");
    while (row->next()) {
      const auto header = read_header(row->bytes(1));
      const bool ordered = header && named.contains(header->id) && may_be_erased(*header);
      (ordered ? with : without).push_back(row->integer(0));
    }
  }
  for (const std::int64_t row : with)
    connection.run("DELETE FROM journal_lacking WHERE row = $1", row);
  for (const std::int64_t row : without)
    note_lacking(connection, row);
}

void note_lacking(store::Connection& connection, std::int64_t row) {
  connection.run("INSERT INTO journal_lacking (row, log) VALUES ($1, $2) ON CONFLICT (row) DO NOTHING", row,
                 log_of(row));
}

void erase_in_range(store::Connection& connection, std::span<const EntryToStore> entries) {
  std::vector<FactId> facts;
  std::set<Hash> blobs;
  for (const EntryToStore& entry : entries) {
    const Header& header = entry.header;
    if (orders_erasure(header)) facts.insert(facts.end(), header.supersedes.begin(), header.supersedes.end());
    if (entry.body_hash || !is_ordered_erased(connection, header)) continue;
    facts.push_back(header.id);
    note_blobs(connection, entry.body, blobs);  // they came with it, even where the entry was here already
  }
  if (!facts.empty()) erase_where_ordered(connection, facts, std::move(blobs));
}

std::vector<Lacking> lacking(store::Connection& connection) {
  std::vector<Lacking> all;
  const auto row = connection.query(
      "SELECT l.node, l.stream, MIN(k.row) FROM journal_lacking k JOIN journal_log l ON l.number = k.log "
      "GROUP BY l.node, l.stream ORDER BY l.stream, l.node");
  while (row->next())
    all.push_back({{row->id<NodeId>(0), stream_in(*row, 1)}, position_of(row->integer(2))});
  return all;
}

bool put_back(store::Connection& connection, std::int64_t row, const EntryToStore& entry) {
  if (entry.body_hash || connection.run("DELETE FROM journal_lacking WHERE row = $1", row) == 0) return false;
  connection.run("UPDATE journal_entry SET salt = $1, body = $2, body_hash = NULL WHERE row = $3",
                 store::Blob{entry.salt}, store::Blob{entry.body}, row);
  return true;
}

}  // namespace sonae::journal

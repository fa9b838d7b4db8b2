#include "vault/answers.h"

#include <algorithm>

#include "journal/journal.h"
#include "journal/meta.h"
#include "journal/verify.h"
#include "town/registry/facts.h"

namespace sonae::vault {

namespace {

// The counts of the snapshot that holds now, as the fact of its import states them.
void count_residents(store::Connection& connection, Answers& answers) {
  const auto row = connection.query(
      "SELECT fact FROM registry_snapshot WHERE superseded = 0 ORDER BY as_of DESC, fact DESC LIMIT 1");
  if (!row->next()) return;
  const auto fact = journal::fact(connection, row->id<FactId>(0));
  if (!fact) return;
  if (const auto body = fact->as<registry::SnapshotTaken>()) {
    answers.residents = body->counts.residents;
    answers.households = body->counts.households;
  }
}

}  // namespace

Answers answers_of(store::Connection& connection, const std::vector<journal::View*>& views) {
  Answers answers;
  std::vector<journal::View*> ready;
  for (journal::View* const view : views) {
    if (journal::meta(connection, journal::version_name(*view)) != std::to_string(view->version())) continue;
    ready.push_back(view);
    for (const journal::DumpTable& table : view->dump())
      answers.tables.push_back({table.name, view->version(), 0, {}});
  }
  std::vector<Sha256> digests(answers.tables.size());
  std::size_t at = 0;
  // The lines come in the order of the tables; each begins with ["<table>",
  journal::dump(connection, ready, [&](std::string_view line) {
    const std::string_view name = line.substr(2, line.find('"', 2) - 2);
    while (answers.tables[at].table != name)
      ++at;
    ++answers.tables[at].rows;
    digests[at].add(line);
    digests[at].add("\n");
  });
  for (std::size_t i = 0; i < digests.size(); ++i)
    answers.tables[i].digest = digests[i].finish();
  if (std::ranges::find(answers.tables, "registry_snapshot", &TableAnswer::table) != answers.tables.end())
    count_residents(connection, answers);
  return answers;
}

const TableAnswer* table_in(const Answers& answers, std::string_view table) {
  const auto found = std::ranges::find(answers.tables, table, &TableAnswer::table);
  return found == answers.tables.end() ? nullptr : &*found;
}

bool both_have(const Answers& one, const Answers& other, std::string_view table) {
  const TableAnswer* const here = table_in(one, table);
  const TableAnswer* const there = table_in(other, table);
  return here != nullptr && there != nullptr && here->version == there->version;
}

std::vector<std::string> differences(const Answers& one, const Answers& other) {
  std::vector<std::string> names;
  for (const TableAnswer& table : one.tables) {
    const auto same = std::ranges::find(other.tables, table.table, &TableAnswer::table);
    if (same != other.tables.end() && same->version == table.version && *same != table)
      names.push_back(table.table);
  }
  if (!both_have(one, other, "registry_snapshot")) return names;
  if (one.residents != other.residents) names.push_back("residents");
  if (one.households != other.households) names.push_back("households");
  return names;
}

}  // namespace sonae::vault

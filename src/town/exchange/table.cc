#include "town/exchange/table.h"

#include "journal/journal.h"

namespace sonae::exchange {

namespace {

const std::string kSelect = std::string("SELECT ") + kRowColumns + " FROM exchange_record ";

}  // namespace

journal::Subject subject_of(pfif::Kind kind, const std::string& record) {
  return {kind == pfif::Kind::person ? "pfif_person" : "pfif_note", record};
}

std::optional<Row> find_row(store::Connection& connection, pfif::Kind kind, const std::string& record) {
  const auto cursor = connection.query(kSelect + "WHERE kind = $1 AND record = $2",
                                       boost::describe::enum_to_string(kind, ""), record);
  return cursor->next() ? std::optional(row_of(*cursor)) : std::nullopt;
}

std::vector<Row> notes_of(store::Connection& connection, const std::string& person) {
  std::vector<Row> rows;
  const auto cursor =
      connection.query(kSelect + "WHERE person = $1 AND kind = 'note' ORDER BY entered, record", person);
  while (cursor->next())
    rows.push_back(row_of(*cursor));
  return rows;
}

void for_each_published(store::Connection& connection, const std::function<void(const Row&)>& visit) {
  const auto cursor =
      connection.query(kSelect + "WHERE standing = 'published' AND kind = 'person' ORDER BY record");
  while (cursor->next())
    visit(row_of(*cursor));
}

std::vector<FactId> bodies_of(store::Connection& connection, pfif::Kind kind, const std::string& record) {
  std::vector<FactId> facts;
  for (const journal::Fact& fact : journal::facts_about(connection, subject_of(kind, record)))
    if (fact.header.kind == "exchange.received") facts.push_back(fact.header.id);
  return facts;
}

std::optional<Received> received_of(store::Connection& connection, const Row& row) {
  const auto fact = journal::fact(connection, row.fact);
  if (!fact || fact->erased) return std::nullopt;
  auto body = fact->as<Received>();
  return body ? std::optional(std::move(*body)) : std::nullopt;
}

}  // namespace sonae::exchange

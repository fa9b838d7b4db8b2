#include "journal/meta.h"

#include "journal/tables.h"

namespace sonae::journal {

std::optional<std::string> meta(store::Connection& connection, std::string_view name) {
  const auto row = connection.query("SELECT value FROM journal_meta WHERE name = $1", name);
  if (!row->next()) return std::nullopt;
  return row->string(0);
}

void set_meta(store::Connection& connection, std::string_view name, std::string_view value) {
  connection.run(
      "INSERT INTO journal_meta (name, value) VALUES ($1, $2) "
      "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      name, value);
}

std::string version_name(const View& view) {
  return "view " + std::string(view.name());
}

bool make_journal_tables(store::Connection& connection) {
  connection.script("CREATE TABLE IF NOT EXISTS journal_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
  if (meta(connection, "schema")) {
    connection.script(kLaterTables);
    return false;
  }
  connection.script(kTables);
  connection.script(kLaterTables);
  set_meta(connection, "schema", kSchema);
  return true;
}

}  // namespace sonae::journal

#include "vault/move_store.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/hash.h"
#include "journal/meta.h"
#include "journal/verify.h"
#include "service/town_service.h"
#include "sync/contacts.h"
#include "town/database.h"
#include "town/matching/answers.h"

namespace sonae::vault {

namespace {

const std::string kArriving = ".arriving";

std::vector<std::string> tables_of(store::Connection& connection) {
  std::vector<std::string> tables;
  for (const std::string& part : connection.schema())
    if (part.starts_with("table ")) tables.push_back(part.substr(6, part.find(" on ") - 6));
  return tables;
}

void make_tables(store::Database& database) {
  const auto connection = database.connect();
  store::Transaction transaction(*connection, store::Transaction::Kind::write);
  journal::make_journal_tables(*connection);
  connection->run("DELETE FROM journal_meta");  // comes over with the rest
  for (const auto& view : service::make_views())
    connection->script(view->tables());
  transaction.commit();
  matching::create_answer_tables(*connection);
  connection->run("DELETE FROM local_matching_memory");  // likewise
  const sync::Contacts contacts(database);
}

store::Value value_at(const store::Cursor& row, int column) {
  switch (row.kind(column)) {
    case 'i':
      return row.integer(column);
    case 'r':
      return row.real(column);
    case 't':
      return row.text(column);
    case 'b':
      return store::Blob{row.bytes(column)};
    default:
      return std::monostate{};
  }
}

// A statement takes its values as a list that is written out: one function for each number of columns.
constexpr std::size_t kMostColumns = 24;
using Insert = void (*)(store::Connection&, const std::string&, const store::Cursor&);

template <std::size_t... Column>
void insert_row(store::Connection& target, const std::string& sql, const store::Cursor& row,
                std::index_sequence<Column...>) {
  target.execute(sql, {value_at(row, static_cast<int>(Column))...});
}

template <std::size_t... Count>
constexpr std::array<Insert, kMostColumns> inserts(std::index_sequence<Count...>) {
  return {[](store::Connection& target, const std::string& sql, const store::Cursor& row) {
    insert_row(target, sql, row, std::make_index_sequence<Count + 1>());
  }...};
}
constexpr auto kInserts = inserts(std::make_index_sequence<kMostColumns>());

std::int64_t copy_table(store::Connection& source, store::Connection& target, const std::string& table) {
  const auto row = source.query("SELECT * FROM " + table);
  std::int64_t rows = 0;
  std::string sql;
  for (; row->next(); ++rows) {
    const auto columns = static_cast<std::size_t>(row->columns());
    if (rows == 0) {
      std::string names, places;
      for (int i = 0; i < row->columns(); ++i) {
        names += (i > 0 ? ", " : "") + std::string(row->column_name(i));
        places += (i > 0 ? ", $" : "$") + std::to_string(i + 1);
      }
      sql = "INSERT INTO " + table + " (" + names + ") VALUES (" + places + ")";
    }
    kInserts.at(columns - 1)(target, sql, *row);
  }
  return rows;
}

std::string dump_digest(store::Connection& connection) {
  const auto views = service::make_views();
  Sha256 digest;
  journal::dump(connection, service::pointers_to(views), [&](std::string_view line) {
    digest.add(line);
    digest.add("\n");
  });
  return digest.finish().hex();
}

Result<std::unique_ptr<store::Database>> empty_target(Env& env, const std::string& directory,
                                                      const std::string& url) {
  if (!url.empty()) return town::open_empty_postgres(url);
  const std::string path = town::sqlite_path(directory);
  if (env.disk.status(path))
    return fail(ErrorCode::conflict, {"すでにファイルがあります", "There is a file already"}, path,
                {"別の場所に移してください", "Move it elsewhere"});
  // Under another name until all of it is there; what an earlier attempt left is begun anew.
  for (const char* const end : {"", "-wal", "-shm"})
    if (env.disk.status(path + kArriving + end)) TRY(env.disk.remove(path + kArriving + end));
  return store::open_sqlite(path + kArriving);
}

Status copy_all(store::Database& source, store::Database& target, MoveReport& report, Progress& progress) {
  make_tables(target);
  const auto here = source.connect();
  const auto there = target.connect();
  const store::Transaction snapshot(*here, store::Transaction::Kind::read);
  store::Transaction transaction(*there, store::Transaction::Kind::write);
  const std::vector<std::string> known = tables_of(*there);
  const std::vector<std::string> tables = tables_of(*here);
  for (const std::string& table : tables) {
    progress.report({"移しています", "Moving the town"}, static_cast<std::uint64_t>(report.tables),
                    tables.size());
    if (progress.stop_requested()) return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"});
    if (std::ranges::find(known, table) == known.end())
      return fail(ErrorCode::unsupported,
                  {"この版の Sonae が知らない表があります", "There is a table that this Sonae does not know"},
                  table);
    report.rows += copy_table(*here, *there, table);
    ++report.tables;
  }
  transaction.commit();
  report.dump = dump_digest(*here);
  if (dump_digest(*there) != report.dump)
    return fail(ErrorCode::internal,
                {"移した先の内容が違います。元のままにしました",
                 "What arrived is not what was sent. The town stays where it was"},
                report.to);
  return {};
}

}  // namespace

Result<MoveReport> move_store(Env& env, const std::string& directory, const std::string& url,
                              Progress& progress) {
  MoveReport report;
  const std::string from = TRY(town::store_url(env, directory));
  if (from == url)
    return fail(ErrorCode::conflict, {"町はすでにそこにあります", "The town lies there already"}, directory);
  try {
    auto source = TRY(town::open_database(env, directory, {.create = false}));
    const auto claim = TRY(source->claim_writer());
    auto target = TRY(empty_target(env, directory, url));
    const auto claim_there = TRY(target->claim_writer());
    report.from = source->engine();
    report.to = target->engine();
    TRY(copy_all(*source, *target, report, progress));
  } catch (const store::StoreError& failure) {
    return std::unexpected(failure.error());
  }
  const std::string file = town::sqlite_path(directory);
  if (url.empty()) TRY(env.disk.rename(file + kArriving, file));
  TRY(town::set_store_url(env, directory, url));
  if (!from.empty()) return report;
  // So that nobody takes the file for the town.
  report.aside = file + ".moved-" + to_rfc3339(env.clock.now());
  TRY(env.disk.rename(file, report.aside));
  return report;
}

}  // namespace sonae::vault

#include "store/sqlite_connection.h"

#include <charconv>
#include <cstring>

#include "store/sqlite_error.h"
#include "store/sqlite_sql.h"

namespace sonae::store {

// Reads the rows of a statement and gives it back when it is destroyed.
class SqliteCursor final : public Cursor {
 public:
  SqliteCursor(SqliteConnection& connection, SqliteConnection::FreeStatements& home,
               SqliteStatement statement)
      : connection_(connection), home_(home), statement_(std::move(statement)), handle_(statement_.handle) {}
  ~SqliteCursor() override { SqliteConnection::give_back(home_, std::move(statement_)); }
  SqliteCursor(const SqliteCursor&) = delete;
  SqliteCursor& operator=(const SqliteCursor&) = delete;

  bool next() override {
    const int result = sqlite3_step(handle_);
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) connection_.fail(result);
    return false;
  }
  int columns() const override { return sqlite3_column_count(handle_); }
  std::string_view column_name(int column) const override { return sqlite3_column_name(handle_, column); }
  bool is_null(int column) const override { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(handle_, column); }
  double real(int column) const override { return sqlite3_column_double(handle_, column); }
  std::string_view text(int column) const override {
    const auto* const start = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    if (start == nullptr) return {};
    return {start, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
  }
  BytesView bytes(int column) const override {
    const auto* const start = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    if (start == nullptr) return {};
    return {start, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
  }
  char kind(int column) const override {
    switch (sqlite3_column_type(handle_, column)) {
      case SQLITE_INTEGER:
        return 'i';
      case SQLITE_FLOAT:
        return 'r';
      case SQLITE_TEXT:
        return 't';
      case SQLITE_BLOB:
        return 'b';
      default:
        return 'n';
    }
  }

 private:
  SqliteConnection& connection_;
  SqliteConnection::FreeStatements& home_;
  SqliteStatement statement_;
  sqlite3_stmt* handle_;
};

SqliteConnection::~SqliteConnection() {
  for (auto& [sql, free] : statements_)
    for (const SqliteStatement& statement : free)
      sqlite3_finalize(statement.handle);
  // Else the last connection that is closed copies the WAL into the file.
  if (!shared_->claimed) sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_close_v2(handle_);
}

void SqliteConnection::fail(int result) const {
  throw_sqlite(result, handle_, path_);
}

SqliteConnection::FreeStatements& SqliteConnection::free_statements(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) found = statements_.emplace(std::string(sql), FreeStatements{}).first;
  return found->second;
}

SqliteStatement SqliteConnection::take(FreeStatements& free, std::string_view sql) {
  if (free.empty()) return prepare(sql);
  SqliteStatement statement = std::move(free.back());
  free.pop_back();
  return statement;
}

SqliteStatement SqliteConnection::prepare(std::string_view sql) {
  SqliteStatement statement;
  const char* rest = nullptr;
  const int result = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement.handle, &rest);
  if (result != SQLITE_OK) fail(result);
  const int count = sqlite3_bind_parameter_count(statement.handle);
  for (int i = 1; i <= count; ++i) {
    const std::string_view name = sqlite3_bind_parameter_name(statement.handle, i);  // "$1"
    int place = 0;
    std::from_chars(name.data() + 1, name.data() + name.size(), place);
    statement.places.push_back(place);
  }
  return statement;
}

void SqliteConnection::give_back(FreeStatements& free, SqliteStatement statement) {
  sqlite3_reset(statement.handle);
  sqlite3_clear_bindings(statement.handle);
  free.push_back(std::move(statement));
}

void SqliteConnection::bind(const SqliteStatement& statement, std::initializer_list<Value> values,
                            bool keep_copies) {
  const sqlite3_destructor_type life = keep_copies ? SQLITE_TRANSIENT : SQLITE_STATIC;
  int parameter = 0;
  for (const int place : statement.places) {
    ++parameter;
    if (place < 1 || static_cast<std::size_t>(place) > values.size())
      throw StoreError({ErrorCode::internal,
                        {"SQL の値が足りません", "A statement has a placeholder without a value"},
                        sqlite3_sql(statement.handle),
                        {}});
    const Value& value = values.begin()[place - 1];
    int result = SQLITE_OK;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      result = sqlite3_bind_int64(statement.handle, parameter, *number);
    } else if (const auto* real = std::get_if<double>(&value)) {
      result = sqlite3_bind_double(statement.handle, parameter, *real);
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      result = sqlite3_bind_text64(statement.handle, parameter, text->empty() ? "" : text->data(),
                                   text->size(), life, SQLITE_UTF8);
    } else if (const auto* blob = std::get_if<Blob>(&value)) {
      result = sqlite3_bind_blob64(statement.handle, parameter, blob->bytes.empty() ? "" : blob->bytes.data(),
                                   blob->bytes.size(), life);
    } else {
      result = sqlite3_bind_null(statement.handle, parameter);
    }
    if (result != SQLITE_OK) fail(result);
  }
}

std::unique_ptr<Cursor> SqliteConnection::select(std::string_view sql, std::initializer_list<Value> values) {
  FreeStatements& home = free_statements(sql);
  const SqliteStatement statement = take(home, sql);
  auto cursor = std::make_unique<SqliteCursor>(*this, home, statement);
  bind(statement, values, true);
  return cursor;
}

std::int64_t SqliteConnection::execute(std::string_view sql, std::initializer_list<Value> values) {
  FreeStatements& home = free_statements(sql);
  SqliteStatement statement = take(home, sql);
  struct GivingBack {
    FreeStatements& home;
    SqliteStatement& statement;
    ~GivingBack() { give_back(home, std::move(statement)); }
  } const giving_back{home, statement};
  bind(statement, values, false);
  int result = SQLITE_ROW;
  while (result == SQLITE_ROW)
    result = sqlite3_step(statement.handle);
  if (result != SQLITE_DONE) fail(result);
  return sqlite3_changes64(handle_);
}

void SqliteConnection::script(std::string_view sql) {
  const int result = sqlite3_exec(handle_, sqlite_script(sql).c_str(), nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) fail(result);
}

std::vector<std::string> SqliteConnection::schema() {
  std::vector<std::string> parts;
  const auto rows = select("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name", {});
  while (rows->next())
    parts.push_back(rows->string(0) + " " + rows->string(1) + " on " + rows->string(2) + ": " +
                    rows->string(3));
  return parts;
}

void SqliteConnection::begin_read() {
  execute("BEGIN", {});
  // The snapshot is taken by the first reading, not by BEGIN.
  execute("SELECT 1 FROM sqlite_schema LIMIT 1", {});
}
void SqliteConnection::begin_write() {
  execute("BEGIN IMMEDIATE", {});
}
void SqliteConnection::commit() {
  execute("COMMIT", {});
}
void SqliteConnection::rollback() {
  if (sqlite3_get_autocommit(handle_) == 0)
    execute("ROLLBACK", {});  // the engine may have rolled back itself
}

void SqliteConnection::sync_separately() {
  script("PRAGMA synchronous=NORMAL");  // the WAL is then synced only before it is copied into the file
}

// Source: https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html, SQLITE_FCNTL_JOURNAL_POINTER.
sqlite3_file* SqliteConnection::wal() {
  sqlite3_file* wal = nullptr;
  for (int attempt = 0; attempt < 2 && (wal == nullptr || wal->pMethods == nullptr); ++attempt) {
    if (attempt > 0) execute("SELECT 1 FROM sqlite_schema LIMIT 1", {});  // the first reading opens the WAL
    const int found =
        sqlite3_file_control(handle_, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&wal));
    if (found != SQLITE_OK) fail(found);
  }
  if (wal == nullptr || wal->pMethods == nullptr) fail(SQLITE_IOERR_FSYNC);
  return wal;
}

// What any connection has written into the WAL so far.
void SqliteConnection::make_durable() {
  sqlite3_file* const file = wal();
  const int result = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
  if (result != SQLITE_OK) throw_sqlite(result, nullptr, path_);
}

}  // namespace sonae::store

// A connection to SQLite, with its prepared statements. Used by one thread at a time.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/store.h"

namespace sonae::store {

// A statement that was prepared once. It is free, or a cursor reads it.
struct SqliteStatement {
  sqlite3_stmt* handle = nullptr;
  std::vector<int> places;  // for each parameter of the engine, which of the values stands there
};

// What the connections of one database share.
struct SqliteShared {
  // This process has claimed to be the writer: what an earlier one left in the WAL is not trusted any more
  // (store/writing_again.h). Before that nothing may be copied out of the WAL.
  std::atomic<bool> claimed = false;
};

class SqliteConnection final : public Connection {
 public:
  // Takes the handle over.
  SqliteConnection(sqlite3* handle, std::string path, std::shared_ptr<SqliteShared> shared)
      : handle_(handle), path_(std::move(path)), shared_(std::move(shared)) {}
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  std::unique_ptr<Cursor> select(std::string_view sql, std::initializer_list<Value> values) override;
  std::int64_t execute(std::string_view sql, std::initializer_list<Value> values) override;
  void script(std::string_view sql) override;
  std::vector<std::string> schema() override;
  void begin_read() override;
  void begin_write() override;
  void commit() override;
  void rollback() override;
  void sync_separately() override;
  void make_durable() override;

  // This connection's own handle of the WAL, which stays open with it.
  sqlite3_file* wal();

 private:
  friend class SqliteCursor;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  // The statements of one text: usually one, more where cursors of the same text are open at once.
  using FreeStatements = std::vector<SqliteStatement>;

  FreeStatements& free_statements(std::string_view sql);
  SqliteStatement take(FreeStatements& free, std::string_view sql);
  SqliteStatement prepare(std::string_view sql);
  static void give_back(FreeStatements& free, SqliteStatement statement);
  void bind(const SqliteStatement& statement, std::initializer_list<Value> values, bool keep_copies);
  [[noreturn]] void fail(int result) const;

  sqlite3* handle_;
  std::string path_;
  std::shared_ptr<SqliteShared> shared_;
  std::unordered_map<std::string, FreeStatements, TextHash, std::equal_to<>> statements_;
};

}  // namespace sonae::store

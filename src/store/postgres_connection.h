// A connection to PostgreSQL, with its prepared statements. Used by one thread at a time.
//
// The session is always in libpq's pipeline mode: what execute() is given within a write transaction travels
// without being waited for, until something is asked for or committed. Rows come one by one; a cursor that is
// still being read when the next statement is run takes the rest of its rows into memory first.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/postgres_session.h"
#include "store/postgres_values.h"

namespace sonae::store {

class PostgresCursor;

class PostgresConnection final : public RemoteConnection {
 public:
  explicit PostgresConnection(std::shared_ptr<PostgresShared> shared);
  ~PostgresConnection() override;
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  std::unique_ptr<Cursor> select(std::string_view sql, std::initializer_list<Value> values) override;
  std::int64_t execute(std::string_view sql, std::initializer_list<Value> values) override;
  void script(std::string_view sql) override;
  std::vector<std::string> schema() override;
  void begin_read() override;
  void begin_write() override;
  void commit() override;
  void rollback() override;
  bool lost() const override { return session_ == nullptr; }
  int sessions() const override { return sessions_; }
  bool wait_until_reachable() override;

 private:
  friend class PostgresCursor;
  enum class Within { nothing, reading, writing };
  struct Statement {
    std::string name;
    std::vector<unsigned> types;  // of its placeholders
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  // Makes a session where there is none; whether it did.
  bool ensure_session();
  void begin(std::string_view sql, std::string_view lock, Within within);
  void make_writer();
  const Statement& prepared(std::string_view sql);
  void start(std::string_view sql, std::initializer_list<Value> values);
  void start_plain(const char* sql);
  std::unique_ptr<Cursor> select_once(std::string_view sql, std::initializer_list<Value> values);
  // Waits for all that was started; their results.
  std::vector<PostgresResult> finish();
  void sync();
  void read_past(int statements);
  PostgresResult next_row();  // of the cursor; null after the last
  void leave_cursor();        // its remaining rows go to it
  [[noreturn]] void drain(Error failure);
  [[noreturn]] void fail(const PGresult* result);
  [[noreturn]] void lose(Error error);
  static void notice(void* self, const PGresult* result);

  std::shared_ptr<PostgresShared> shared_;
  PostgresSession session_;
  std::string place_;
  int sessions_ = 0;
  Within within_ = Within::nothing;
  int started_ = 0;  // statements whose results were not looked at
  bool warned_ = false;
  bool is_writer_ = false;
  PostgresCursor* cursor_ = nullptr;  // the one whose rows are on their way
  PostgresParameters parameters_;
  std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;
};

}  // namespace sonae::store

// SQL behind a small interface: SQLite as the embedded default, PostgreSQL for the shared service. One test
// suite holds for both, so only what both have may be used:
//   - placeholders are $1, $2, ... in the order of their first appearance
//   - types are BIGINT, TEXT and BYTES (written BYTES in CREATE TABLE; the store puts in BLOB or BYTEA),
//   DOUBLE PRECISION
//   - text is compared by its bytes (binary collation); no upsert beyond INSERT ... ON CONFLICT (key) DO
//   NOTHING|UPDATE
//
// A connection is used by one thread at a time. A database that fails (disk full, I/O error, damage) throws
// StoreError: no rule can go on after it; it is caught where an operation or the writer's transaction ends
// and becomes an Error.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/env.h"

namespace sonae::store {

class StoreError : public std::runtime_error {
 public:
  explicit StoreError(Error error) : std::runtime_error(error.what.english), error_(std::move(error)) {}
  const Error& error() const { return error_; }

 private:
  Error error_;
};

// Bytes in a statement, as against text.
struct Blob {
  BytesView bytes;
};

// What can be bound to a placeholder. Texts and blobs are only borrowed until the call ends.
using Value = std::variant<std::monostate, std::int64_t, double, std::string_view, Blob>;

inline Value value_of(std::nullptr_t) {
  return std::monostate{};
}
inline Value value_of(bool flag) {
  return static_cast<std::int64_t>(flag);
}
template <std::integral T>
  requires(!std::same_as<T, bool>)
Value value_of(T number) {
  return static_cast<std::int64_t>(number);
}
inline Value value_of(double number) {
  return number;
}
inline Value value_of(std::string_view text) {
  return text;
}
inline Value value_of(const std::string& text) {
  return std::string_view(text);
}
inline Value value_of(const char* text) {
  return std::string_view(text);
}
inline Value value_of(Blob blob) {
  return blob;
}
template <class Tag>
Value value_of(const RandomId<Tag>& id) {
  return Blob{id.bytes()};
}
template <class Tag>
Value value_of(const NamedId<Tag>& id) {
  return std::string_view(id.text());
}
template <class T>
Value value_of(const std::optional<T>& value) {
  return value ? value_of(*value) : Value{};
}

// One prepared statement under way. Columns count from 0; texts and bytes are valid until the next call of
// next().
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool next() = 0;
  virtual int columns() const = 0;
  virtual std::string_view column_name(int column) const = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual BytesView bytes(int column) const = 0;
  // What kind of value stands here, for dumps: 'n' null, 'i' integer, 'r' real, 't' text, 'b' bytes.
  virtual char kind(int column) const = 0;

  // A RandomId of 16 bytes. Throws StoreError (corrupt) where something else stands there: the row is
  // damaged.
  template <class Id>
  Id id(int column) const {
    const auto read = Id::from_bytes(bytes(column));
    if (!read) throw_damaged(column);
    return *read;
  }
  [[noreturn]] void throw_damaged(int column) const;
  std::string string(int column) const { return std::string(text(column)); }
};

class Connection {
 public:
  virtual ~Connection() = default;

  // Runs one statement with these values, to read its rows. Statements are prepared once and kept.
  virtual std::unique_ptr<Cursor> select(std::string_view sql, std::initializer_list<Value> values) = 0;
  // Runs one statement; how many rows it changed (for INSERT in a transaction PostgreSQL says 0).
  virtual std::int64_t execute(std::string_view sql, std::initializer_list<Value> values) = 0;
  // Several statements separated by semicolons, without values (CREATE TABLE ...).
  virtual void script(std::string_view sql) = 0;

  // How the engine describes each table and index that is here, sorted: two databases with the same tables
  // give the same list.
  virtual std::vector<std::string> schema() = 0;

  virtual void begin_read() = 0;   // a snapshot: all reads until end() see one state
  virtual void begin_write() = 0;  // at most one writer; waits for its turn
  virtual void commit() = 0;       // durable when it returns, unless sync_separately() was called
  virtual void rollback() = 0;

  // For a writer that works on while the disk syncs: from now on commit() makes changes visible only; they
  // are durable once make_durable(), begun afterwards on any connection, has returned. Outside of a
  // transaction.
  virtual void sync_separately() {}
  // Where it throws, what was committed since may be visible and yet be lost; it tries anew at the next call.
  virtual void make_durable() {}

  template <class... Arguments>
  std::unique_ptr<Cursor> query(std::string_view sql, const Arguments&... arguments) {
    return select(sql, {value_of(arguments)...});
  }
  template <class... Arguments>
  std::int64_t run(std::string_view sql, const Arguments&... arguments) {
    return execute(sql, {value_of(arguments)...});
  }
};

// Begins a transaction that is rolled back unless commit() is reached.
class Transaction {
 public:
  enum class Kind { read, write };
  Transaction(Connection& connection, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Connection& connection_;
  bool open_ = true;
};

// Held by the one process that writes a database; given back by destroying it.
class Claim {
 public:
  virtual ~Claim() = default;
};

class Database {
 public:
  virtual ~Database() = default;
  // busy where another process, or another part of this one, has claimed to be the writer. Readers need no
  // claim: they may work beside the writer.
  virtual Result<std::unique_ptr<Claim>> claim_writer() = 0;
  virtual std::unique_ptr<Connection> connect() = 0;  // any thread; one connection for each thread that works
  // A new, empty database beside this one that vanishes when it is closed: for deriving something again and
  // comparing it. It can be connected to once.
  virtual Result<std::unique_ptr<Database>> scratch() = 0;
  // Asks the engine to check its own structures; each string is one finding in the engine's words. Empty:
  // sound.
  virtual std::vector<std::string> check() = 0;
  virtual std::string engine() const = 0;  // "SQLite 3.40.1"
};

struct SqliteOptions {
  std::string vfs;     // a registered VFS, for tests that lose power; empty for the system's
  bool create = true;  // make the file where it is missing; else not_found
  int cache_mebibytes = 64;
};
// One file, WAL, synchronous=FULL: a commit is on the disk when it returns.
Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, const SqliteOptions& options = {});

}  // namespace sonae::store

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "store/sqlite_connection.h"
#include "store/sqlite_error.h"
#include "store/wal_gathering.h"
#include "store/writing_again.h"

namespace sonae::store {

namespace {

// A writer may have to wait for another's transaction; none lasts longer than a rebuild.
constexpr int kBusyTimeoutMs = 60'000;

// A claim across processes; closing the file gives it back.
class LockedFile {
 public:
  explicit LockedFile(int descriptor) : descriptor_(descriptor) {}
  ~LockedFile() { ::close(descriptor_); }
  LockedFile(const LockedFile&) = delete;
  LockedFile& operator=(const LockedFile&) = delete;

 private:
  int descriptor_;
};

Result<std::unique_ptr<LockedFile>> lock_beside(const std::string& path) {
  const std::string lock_path = path + ".lock";
  const int descriptor = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return fail(ErrorCode::forbidden, {"ロックファイルを作れません", "The lock file cannot be made"},
                lock_path);
  auto locked = std::make_unique<LockedFile>(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return locked;
  return fail(ErrorCode::busy,
              {"ほかの Sonae がこの自治体を開いています", "Another Sonae process has this town open"}, path,
              {"sonae serve などを止めてからやり直すか、動いているサーバーの画面から操作してください",
               "Stop it (sonae serve, for instance) and try again, or work through the running server"});
}

// What a connection to a town needs: durable commits, and erased content overwritten. The WAL is copied into
// the file every 64 MiB: random keys dirty the same pages again and again, and each is then copied once.
constexpr std::string_view kDurable =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
    "PRAGMA wal_autocheckpoint=16384; ";
// What is thrown away in the end needs none of that.
constexpr std::string_view kPassing =
    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; ";

// The engine counts its memory under one lock for all threads, at each allocation. Nobody reads the count.
// Refused, without harm, where the engine is at work already.
void leave_memory_uncounted() {
  static const int asked = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(asked);
}

std::unique_ptr<SqliteConnection> connect_to(const std::string& path, const SqliteOptions& options,
                                             std::string_view pragmas, std::shared_ptr<SqliteShared> shared) {
  leave_memory_uncounted();
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (options.create ? SQLITE_OPEN_CREATE : 0);
  const int result = sqlite3_open_v2(path.c_str(), &handle, flags,
                                     wal_gathering_vfs(writing_again_vfs(options.vfs)).c_str());
  auto connection =
      std::make_unique<SqliteConnection>(handle, path, std::move(shared));  // closes the handle in any case
  if (result != SQLITE_OK) throw_sqlite(result, handle, path);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  connection->script(std::string(pragmas) + "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-" +
                     std::to_string(options.cache_mebibytes * 1024));
  // After the pragmas: a defensive connection refuses journal_mode=OFF.
  // A foreign file must not damage itself through us, and a text in double quotes is never a string.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  return connection;
}

// A database without a name: its file is removed as soon as it is open, so that nothing of it stays behind
// however the process ends. It lies beside the town, on the same (encrypted) disk.
class ScratchDatabase final : public Database {
 public:
  ScratchDatabase(std::string path, SqliteOptions options)
      : path_(std::move(path)), options_(std::move(options)) {}

  std::unique_ptr<Connection> connect() override {
    auto connection = connect_to(path_, options_, kPassing, std::make_shared<SqliteShared>());
    if (path_ != kInMemory) ::unlink(path_.c_str());
    return connection;
  }
  Result<std::unique_ptr<Claim>> claim_writer() override { return std::make_unique<Claim>(); }
  Result<std::unique_ptr<Database>> scratch() override {
    return std::make_unique<ScratchDatabase>(path_ + "-", options_);
  }
  std::vector<std::string> check() override { return {}; }
  std::string engine() const override { return std::string("SQLite ") + sqlite3_libversion(); }

  static constexpr std::string_view kInMemory = ":memory:";

 private:
  std::string path_;
  SqliteOptions options_;
};

// Keeps the WAL open, so that what is known of it is not forgotten.
class WriterClaim final : public Claim {
 public:
  WriterClaim(std::unique_ptr<LockedFile> lock, std::unique_ptr<SqliteConnection> connection)
      : lock_(std::move(lock)), connection_(std::move(connection)) {}

 private:
  std::unique_ptr<LockedFile> lock_;
  std::unique_ptr<SqliteConnection> connection_;  // closed before the lock is given back
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::string path, SqliteOptions options)
      : path_(std::move(path)), options_(std::move(options)) {}

  std::unique_ptr<Connection> connect() override { return connect_to(path_, options_, kDurable, shared_); }

  Result<std::unique_ptr<Claim>> claim_writer() override {
    std::unique_ptr<LockedFile> lock;
    // Else they are files of a test's own world.
    if (options_.vfs.empty()) lock = TRY(lock_beside(path_));
    try {
      auto connection = connect_to(path_, options_, kDurable, shared_);
      distrust(connection->wal());
      shared_->claimed = true;
      return std::make_unique<WriterClaim>(std::move(lock), std::move(connection));
    } catch (const StoreError& failure) {
      return std::unexpected(failure.error());
    }
  }

  Result<std::unique_ptr<Database>> scratch() override {
    static std::atomic<int> number = 0;
    SqliteOptions options = options_;
    options.create = true;
    if (!options_.vfs.empty())
      return std::make_unique<ScratchDatabase>(std::string(ScratchDatabase::kInMemory), options);
    return std::make_unique<ScratchDatabase>(
        path_ + "-scratch-" + std::to_string(::getpid()) + "-" + std::to_string(++number), options);
  }

  std::vector<std::string> check() override {
    std::vector<std::string> findings;
    try {
      const auto connection = connect();
      const auto rows = connection->query("PRAGMA integrity_check");
      while (rows->next())
        if (rows->text(0) != "ok") findings.push_back(rows->string(0));
    } catch (const StoreError& damage) {
      findings.push_back(damage.error().what.english);
    }
    return findings;
  }

  std::string engine() const override { return std::string("SQLite ") + sqlite3_libversion(); }

 private:
  std::string path_;
  SqliteOptions options_;
  std::shared_ptr<SqliteShared> shared_ = std::make_shared<SqliteShared>();
};

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, const SqliteOptions& options) {
  auto database = std::make_unique<SqliteDatabase>(path, options);
  try {
    database->connect()->query("SELECT 1 FROM sqlite_schema")->next();  // is this a database at all?
  } catch (const StoreError& failure) {
    return std::unexpected(failure.error());
  }
  return database;
}

}  // namespace sonae::store

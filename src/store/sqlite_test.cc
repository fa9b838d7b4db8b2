#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "store/sqlite_sql.h"
#include "store/store_suite.h"

using namespace sonae;
using namespace sonae::store;

namespace {

struct Directory {
  Directory() {
    std::string pattern = std::filesystem::temp_directory_path() / "sonae-store-XXXXXX";
    path = ::mkdtemp(pattern.data());
  }
  ~Directory() { std::filesystem::remove_all(path); }
  std::string path;
};

}  // namespace

TEST_CASE("SQLite passes the suite of all stores") {
  const Directory directory;
  store_suite([&] { return open_sqlite(directory.path + "/suite.db").value(); });
}

TEST_CASE("a file that is no database, and one that is not there") {
  const Directory directory;
  std::ofstream(directory.path + "/text.db") << std::string(5000, 'x');
  CHECK(open_sqlite(directory.path + "/text.db").error().code == ErrorCode::corrupt);
  SqliteOptions options;
  options.create = false;
  CHECK(open_sqlite(directory.path + "/absent.db", options).error().code == ErrorCode::not_found);
  CHECK(!std::filesystem::exists(directory.path + "/absent.db"));
}

TEST_CASE("a scratch database leaves nothing behind") {
  const Directory directory;
  const auto database = open_sqlite(directory.path + "/town.db").value();
  const auto scratch = database->scratch().value();
  const auto connection = scratch->connect();
  connection->script("CREATE TABLE t (n BIGINT PRIMARY KEY)");
  for (const auto& entry : std::filesystem::directory_iterator(directory.path))
    CHECK(entry.path().string().find("scratch") == std::string::npos);
}

TEST_CASE("statements are put into SQLite's words") {
  CHECK(sqlite_script("CREATE TABLE t (a BIGINT PRIMARY KEY, b BYTES, c DOUBLE PRECISION)") ==
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB, c REAL ) STRICT");
  CHECK(sqlite_script("CREATE TABLE t (a TEXT, b TEXT, PRIMARY KEY (a, b)); CREATE INDEX i ON t (b)") ==
        "CREATE TABLE t (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID, STRICT; CREATE INDEX i ON t (b)");
  CHECK(sqlite_script("SELECT 'BYTES; BIGINT' -- BYTES\n FROM t") ==
        "SELECT 'BYTES; BIGINT' -- BYTES\n FROM t");
}

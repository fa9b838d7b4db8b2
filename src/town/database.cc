#include "town/database.h"

#include <boost/describe.hpp>

#include "base/json.h"
#include "store/postgres.h"

namespace sonae::town {

namespace {

struct StoreFile {
  std::string url;
};
BOOST_DESCRIBE_STRUCT(StoreFile, (), (url))

std::string store_path(const std::string& directory) {
  return directory + "/store.json";
}

}  // namespace

std::string sqlite_path(const std::string& directory) {
  return directory + "/town.db";
}

Result<std::string> store_url(Env& env, const std::string& directory) {
  const auto content = env.disk.read_all(store_path(directory));
  if (!content) {
    if (content.error().code == ErrorCode::not_found) return std::string();
    return std::unexpected(content.error());
  }
  auto file = from_json_text<StoreFile>(*content);
  if (!file) {
    file.error().where = store_path(directory) + " " + file.error().where;
    return std::unexpected(file.error());
  }
  return file->url;
}

Status set_store_url(Env& env, const std::string& directory, const std::string& url) {
  if (!url.empty())
    return env.disk.write_whole(store_path(directory), to_text(to_json(StoreFile{url})) + "\n", true);
  if (!env.disk.status(store_path(directory))) return {};
  return env.disk.remove(store_path(directory));
}

Result<std::unique_ptr<store::Database>> open_database(Env& env, const std::string& directory,
                                                       const OpenDatabase& how) {
  const std::string url = TRY(store_url(env, directory));
  if (!url.empty()) return store::open_postgres(url, {.create = how.create});
  return store::open_sqlite(sqlite_path(directory), {.vfs = how.vfs, .create = how.create});
}

Result<std::unique_ptr<store::Database>> open_empty_postgres(const std::string& url) {
  auto database = TRY(store::open_postgres(url));
  try {
    if (database->connect()->schema().empty()) return database;
  } catch (const store::StoreError& failure) {
    return std::unexpected(failure.error());
  }
  return fail(ErrorCode::conflict, {"このデータベースにはすでに何かあります", "This database is not empty"},
              {},
              {"空のデータベースかスキーマを作ってください（docs/postgresql.md）",
               "Make an empty database or schema (docs/postgresql.md)"});
}

}  // namespace sonae::town

// Where a town's journal and views lie: in town.db within its directory, or, where the directory holds a
// store.json, in a PostgreSQL database elsewhere. All else stays in the directory either way.
#pragma once

#include <memory>
#include <string>

#include "base/env.h"
#include "store/store.h"

namespace sonae::town {

// The URL of the PostgreSQL database; empty where the town lies in town.db.
Result<std::string> store_url(Env& env, const std::string& directory);
// An empty URL: from now on it lies in town.db. The file is for its owner only: a URL may hold a password.
Status set_store_url(Env& env, const std::string& directory, const std::string& url);

std::string sqlite_path(const std::string& directory);

struct OpenDatabase {
  bool create = true;  // else not_found where there is none
  std::string vfs{};   // store::SqliteOptions::vfs
};
Result<std::unique_ptr<store::Database>> open_database(Env& env, const std::string& directory,
                                                       const OpenDatabase& how = {});

// Opens a PostgreSQL database for a town that is to come into it; conflict where one is there.
Result<std::unique_ptr<store::Database>> open_empty_postgres(const std::string& url);

}  // namespace sonae::town

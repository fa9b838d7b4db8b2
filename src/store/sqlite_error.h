// SQLite's failures as Sonae's errors.
#pragma once

#include <sqlite3.h>

#include <string>

#include "store/store.h"

namespace sonae::store {

// What `result` means, in the words of the connection where there is one; `path` says which file.
Error sqlite_error(int result, sqlite3* connection, const std::string& path);

[[noreturn]] void throw_sqlite(int result, sqlite3* connection, const std::string& path);

}  // namespace sonae::store

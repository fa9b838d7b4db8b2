// Moves a town from SQLite to PostgreSQL and back: every table row by row, then the canonical dumps of both
// are compared, and only then does the directory say that the town lies elsewhere.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <string>

#include "base/progress.h"
#include "town/town.h"

namespace sonae::vault {

struct MoveReport {
  std::string from, to;  // "SQLite 3.40.1", "PostgreSQL 15.10"
  std::int64_t tables = 0;
  std::int64_t rows = 0;
  std::string dump;   // SHA-256 of the canonical dump, of both
  std::string aside;  // where the SQLite file was put, where it was moved from one
};
BOOST_DESCRIBE_STRUCT(MoveReport, (), (from, to, tables, rows, dump, aside))

// To this PostgreSQL database, or with an empty URL to town.db in the directory. busy while a server runs,
// conflict where there is something already or the town lies there.
Result<MoveReport> move_store(Env& env, const std::string& directory, const std::string& url,
                              Progress& progress);

}  // namespace sonae::vault

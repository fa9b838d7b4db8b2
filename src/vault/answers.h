// What a town answers at certain heads, to be compared with what a restored one answers there: of every table
// of the canonical dump the rows and a digest, so that not a sample but every row is compared; and the counts
// that people know. It travels inside the backup, encrypted.
#pragma once

#include <boost/describe.hpp>

#include <string>
#include <vector>

#include "base/hash.h"
#include "base/json.h"
#include "journal/view.h"

namespace sonae::vault {

struct TableAnswer {
  std::string table;
  std::int64_t version = 0;  // of its view: other versions' rows are not to be compared
  std::uint64_t rows = 0;
  Hash digest;  // SHA-256 of its lines
  friend bool operator==(const TableAnswer&, const TableAnswer&) = default;
};
BOOST_DESCRIBE_STRUCT(TableAnswer, (), (table, version, rows, digest))

struct Answers {
  std::vector<TableAnswer> tables;
  std::int64_t residents = 0;   // of the newest snapshot of the registry
  std::int64_t households = 0;  // likewise
  friend bool operator==(const Answers&, const Answers&) = default;
};
BOOST_DESCRIBE_STRUCT(Answers, (), (tables, residents, households))

// Within one read transaction of the connection. Views that this program would first rebuild (it is newer
// than the server that works on the town) are left out.
Answers answers_of(store::Connection& connection, const std::vector<journal::View*>& views);

// Null where the table was left out.
const TableAnswer* table_in(const Answers& answers, std::string_view table);
// Both have the table, in one version: only then its rows can be compared.
bool both_have(const Answers& one, const Answers& other, std::string_view table);

// The tables in which two towns differ, of those that both have in one version; "residents" and "households"
// where the registry's tables can be compared and these counts differ.
std::vector<std::string> differences(const Answers& one, const Answers& other);

}  // namespace sonae::vault

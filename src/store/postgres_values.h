// Values on PostgreSQL's line, in its binary format. Sources: the send and receive functions of each type,
// https://www.postgresql.org/docs/15/protocol-overview.html#PROTOCOL-FORMAT-CODES
#pragma once

#include <libpq-fe.h>

#include <string>
#include <vector>

#include "store/store.h"

namespace sonae::store {

// The types' numbers in pg_type, the same in every database.
enum PostgresType : unsigned {
  kBool = 16,
  kBytea = 17,
  kName = 19,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
  kOid = 26,
  kFloat4 = 700,
  kFloat8 = 701,
  kVarchar = 1043,
  kNumeric = 1700,
};

// The values of one statement as libpq takes them. Used again for each statement.
class PostgresParameters {
 public:
  // Throws StoreError where there are fewer values than the statement has places, or one is of another kind
  // than the place's.
  void set(const std::vector<unsigned>& types, std::initializer_list<Value> values);

  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void put(std::size_t at, unsigned type, const Value& value);
  void keep(std::size_t at, std::string bytes);

  std::vector<const char*> values_;
  std::vector<int> lengths_, formats_;
  std::vector<std::string> kept_;  // what stands in none of the caller's memory
};

// Reading one cell of a result in binary format.
char postgres_kind(const PGresult* result, int row, int column);
std::int64_t postgres_integer(const PGresult* result, int row, int column);
double postgres_real(const PGresult* result, int row, int column);

// PostgreSQL's texts hold no NUL. It is written as U+FFFE 0, and U+FFFE, which is no character, as U+FFFE
// twice; other texts are as they are.
bool needs_escape(std::string_view text);
std::string escaped(std::string_view text);
std::string unescaped(std::string_view text);

}  // namespace sonae::store

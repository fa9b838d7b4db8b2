// Reads the rows of one statement on a PostgreSQL connection.
#pragma once

#include <deque>
#include <string>

#include "store/postgres_connection.h"

namespace sonae::store {

class PostgresCursor final : public Cursor {
 public:
  // `connection` is about to give it its rows.
  explicit PostgresCursor(PostgresConnection& connection);
  ~PostgresCursor() override;
  PostgresCursor(const PostgresCursor&) = delete;
  PostgresCursor& operator=(const PostgresCursor&) = delete;

  bool next() override;
  int columns() const override { return PQnfields(shape()); }
  std::string_view column_name(int column) const override { return PQfname(shape(), column); }
  bool is_null(int column) const override { return PQgetisnull(row(), 0, column) != 0; }
  std::int64_t integer(int column) const override { return postgres_integer(row(), 0, column); }
  double real(int column) const override { return postgres_real(row(), 0, column); }
  std::string_view text(int column) const override;
  BytesView bytes(int column) const override;
  char kind(int column) const override { return postgres_kind(row(), 0, column); }

  // Takes the rest of the rows over; the connection is then free for another statement.
  void take_rest();
  // There are no more rows; the last result has none and knows the columns.
  void end(PostgresResult last);
  // The session was lost: there are no more rows.
  void abandon();

 private:
  const PGresult* row() const { return row_.get(); }
  const PGresult* shape() const { return row_ ? row_.get() : last_.get(); }

  PostgresConnection* connection_;  // null once no more rows are on their way
  bool lost_ = false;
  std::deque<PostgresResult> waiting_;
  PostgresResult row_;
  PostgresResult last_;
  mutable std::deque<std::string> unescaped_;
};

}  // namespace sonae::store

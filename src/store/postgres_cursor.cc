#include "store/postgres_cursor.h"

namespace sonae::store {

PostgresCursor::PostgresCursor(PostgresConnection& connection) : connection_(&connection) {
  connection.cursor_ = this;
  // The first row is asked for at once: a lost session shows itself here, where it can be made anew.
  if (PostgresResult first = connection.next_row()) waiting_.push_back(std::move(first));
}

PostgresCursor::~PostgresCursor() {
  try {
    while (connection_ != nullptr && connection_->next_row()) {
    }
  } catch (const StoreError&) {
    // Nobody reads this cursor any more; the connection knows what happened to its session.
  }
}

bool PostgresCursor::next() {
  unescaped_.clear();
  row_.reset();
  if (!waiting_.empty()) {
    row_ = std::move(waiting_.front());
    waiting_.pop_front();
  } else if (connection_ != nullptr) {
    row_ = connection_->next_row();
  } else if (lost_) {
    throw LostSession({ErrorCode::busy,
                       {"読んでいる途中でデータベースとの接続が切れました",
                        "The database was lost in the middle of reading"},
                       {},
                       {"少し待ってやり直してください", "Wait a little and try again"}});
  }
  return row_ != nullptr;
}

BytesView PostgresCursor::bytes(int column) const {
  return {PQgetvalue(row(), 0, column), static_cast<std::size_t>(PQgetlength(row(), 0, column))};
}

std::string_view PostgresCursor::text(int column) const {
  const std::string_view stored = bytes(column);
  if (!needs_escape(stored)) return stored;
  return unescaped_.emplace_back(unescaped(stored));
}

void PostgresCursor::take_rest() {
  while (PostgresResult row = connection_->next_row())
    waiting_.push_back(std::move(row));
}

void PostgresCursor::end(PostgresResult last) {
  last_ = std::move(last);
  connection_ = nullptr;
}

void PostgresCursor::abandon() {
  lost_ = true;
  connection_ = nullptr;
}

}  // namespace sonae::store

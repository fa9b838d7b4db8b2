#include "store/store.h"

namespace sonae::store {

void Cursor::throw_damaged(int column) const {
  throw StoreError({ErrorCode::corrupt,
                    {"データベースの行が壊れています", "A row of the database is damaged"},
                    "column " + std::string(column_name(column)),
                    {"sonae verify で場所を確かめ、控えから戻してください",
                     "Find the place with sonae verify and restore from a backup"}});
}

Transaction::Transaction(Connection& connection, Kind kind) : connection_(connection) {
  if (kind == Kind::read)
    connection_.begin_read();
  else
    connection_.begin_write();
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    connection_.rollback();
  } catch (const StoreError&) {
    // The failure that ended the transaction is already on its way to the caller.
  }
}

void Transaction::commit() {
  connection_.commit();
  open_ = false;
}

}  // namespace sonae::store

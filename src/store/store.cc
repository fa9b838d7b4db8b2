#include "store/store.h"

namespace sonae::store {

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

#include "journal/readers.h"

namespace sonae::journal {

std::shared_ptr<store::Connection> Readers::take() {
  std::unique_ptr<store::Connection> connection;
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      connection = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (!connection) connection = database_.connect();
  return {connection.release(),
          [pool = shared_from_this()](store::Connection* used) { pool->give_back(used); }};
}

void Readers::give_back(store::Connection* used) {
  std::unique_ptr<store::Connection> connection(used);
  try {
    connection->rollback();  // a snapshot that was left open would hold back the log of the engine
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(connection));
  } catch (const store::StoreError&) {
    // A connection that cannot even end its reading is not used again.
  }
}

}  // namespace sonae::journal

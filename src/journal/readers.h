// Connections for reading, kept for the next reader when they are given back. Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "store/store.h"

namespace sonae::journal {

class Readers : public std::enable_shared_from_this<Readers> {
 public:
  explicit Readers(store::Database& database) : database_(database) {}
  std::shared_ptr<store::Connection> take();

 private:
  void give_back(store::Connection* connection);

  store::Database& database_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<store::Connection>> free_;  // guarded by mutex_
};

}  // namespace sonae::journal

// A place for one thing between two threads: the giver waits until the taker has taken the one before.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>

namespace sonae::journal {

template <class Thing>
class Slot {
 public:
  void wait_until_empty() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !thing_; });
  }
  // Only when it is empty.
  void put(Thing thing) {
    const std::lock_guard lock(mutex_);
    thing_ = std::move(thing);
    changed_.notify_all();
  }
  // Waits for something; nothing once it is closed and empty.
  std::optional<Thing> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || thing_; });
    std::optional<Thing> taken = std::move(thing_);
    thing_.reset();
    changed_.notify_all();
    return taken;
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Thing> thing_;  // guarded by mutex_
  bool closed_ = false;         // guarded by mutex_
};

}  // namespace sonae::journal

// Hands things from one thread to another in order, a few at a time: who puts waits while it is full.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

namespace sonae {

// Any thread puts, any thread takes.
template <class Thing>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t room) : room_(room) {}

  // False, and the thing is dropped, where the queue is closed.
  bool put(Thing thing) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || things_.size() < room_; });
    if (closed_) return false;
    things_.push_back(std::move(thing));
    changed_.notify_all();
    return true;
  }

  // Waits for something; nothing once it is closed and empty.
  std::optional<Thing> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !things_.empty(); });
    if (things_.empty()) return std::nullopt;
    std::optional<Thing> taken = std::move(things_.front());
    things_.pop_front();
    changed_.notify_all();
    return taken;
  }

  // Whoever waits goes on: nothing more is put, what is there can still be taken.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  const std::size_t room_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Thing> things_;  // guarded by mutex_
  bool closed_ = false;       // guarded by mutex_
};

}  // namespace sonae

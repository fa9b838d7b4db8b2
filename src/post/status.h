// How the ways by which messages come and go are doing, for whoever looks after them: numbers and the newest
// trouble, nobody's data.
#pragma once

#include <boost/describe.hpp>

#include <mutex>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/time.h"

namespace sonae::post {

struct WayStatus {
  bool configured = false;
  std::int64_t taken = 0;        // became claims, since the program started
  std::int64_t repeated = 0;     // came once more
  std::int64_t passed_over = 0;  // written by machines, or not signed by the channel
  std::int64_t answered = 0;
  std::int64_t waiting = 0;  // for the way out
  std::int64_t told = 0;     // notices that the town sent
  std::optional<Instant> trouble_at;
  std::string trouble;
};
BOOST_DESCRIBE_STRUCT(WayStatus, (),
                      (configured, taken, repeated, passed_over, answered, waiting, told, trouble_at,
                       trouble))

struct PostStatus {
  WayStatus mail;
  WayStatus line;
  WayStatus sms;
};
BOOST_DESCRIBE_STRUCT(PostStatus, (), (mail, line, sms))

// Any thread.
class Counters {
 public:
  PostStatus now() const {
    const std::lock_guard lock(mutex_);
    return status_;
  }
  void add(WayStatus PostStatus::* way, std::int64_t WayStatus::* what, std::int64_t count = 1) {
    const std::lock_guard lock(mutex_);
    (status_.*way).*what += count;
  }
  void configured(WayStatus PostStatus::* way) {
    const std::lock_guard lock(mutex_);
    (status_.*way).configured = true;
  }
  void trouble(WayStatus PostStatus::* way, Instant at, const Error& error) {
    const std::lock_guard lock(mutex_);
    (status_.*way).trouble_at = at;
    (status_.*way).trouble = error.in(Language::japanese);
  }

 private:
  mutable std::mutex mutex_;
  PostStatus status_;  // guarded by mutex_
};

}  // namespace sonae::post

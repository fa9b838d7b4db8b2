// The hybrid logical clock that gives facts their times: the wall clock, never going back, never falling
// behind what was received, and never pulled into the future by others.
// Source: Kulkarni et al., "Logical Physical Clocks", 2014; the bound is ours.
#pragma once

#include <mutex>

#include "base/env.h"

namespace sonae::journal {

// How far a received time may lie ahead of our wall clock and still be followed: more than the clocks of
// machines that were set by hand differ, far less than a wrong year.
inline constexpr std::int64_t kFollowedFutureMs = 10 * 60 * 1000;

// Any thread.
class HybridClock {
 public:
  explicit HybridClock(Clock& wall) : wall_(wall) {}
  // Later than every time given before, and than every received time that was followed.
  HybridTime next();
  // A time that arrived with a fact (or stands in a log): followed unless it lies too far in the future.
  void received(HybridTime time);

 private:
  Clock& wall_;
  std::mutex mutex_;
  HybridTime last_;
};

}  // namespace sonae::journal

#include "journal/clock.h"

namespace sonae::journal {

HybridTime HybridClock::next() {
  const std::lock_guard lock(mutex_);
  const Instant now = wall_.now();
  if (now > last_.wall)
    last_ = {now, 0};
  else
    ++last_.counter;
  return last_;
}

void HybridClock::received(HybridTime time) {
  const std::lock_guard lock(mutex_);
  if (time.wall.milliseconds > wall_.now().milliseconds + kFollowedFutureMs) return;
  if (time > last_) last_ = time;
}

}  // namespace sonae::journal

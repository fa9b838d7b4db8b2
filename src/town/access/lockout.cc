#include "town/access/lockout.h"

#include <algorithm>

namespace sonae::access {

namespace {
constexpr int kFreeFailures = 5;
constexpr std::int64_t kFirstWait = 30'000, kLongestWait = 900'000;  // ms
constexpr std::int64_t kForgottenAfter = 3'600'000;                  // ms without a failure
constexpr std::size_t kRemembered = 10'000;  // logins; somebody who tries more of them fills no memory
}  // namespace

std::int64_t Lockout::seconds_to_wait(const std::string& login, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = failures_.find(login);
  if (found == failures_.end() || found->second.blocked_until <= now) return 0;
  return (found->second.blocked_until.milliseconds - now.milliseconds + 999) / 1000;
}

bool Lockout::failed(const std::string& login, Instant now) {
  const std::lock_guard lock(mutex_);
  forget_old(now);
  Failures& failures = failures_[login];
  failures.last = now;
  if (++failures.count < kFreeFailures) return false;
  const int doublings = std::min(failures.count - kFreeFailures, 10);
  failures.blocked_until.milliseconds = now.milliseconds + std::min(kFirstWait << doublings, kLongestWait);
  return true;
}

void Lockout::succeeded(const std::string& login) {
  const std::lock_guard lock(mutex_);
  failures_.erase(login);
}

void Lockout::forget_old(Instant now) {
  std::erase_if(failures_, [&](const auto& entry) {
    return now.milliseconds - entry.second.last.milliseconds > kForgottenAfter;
  });
  while (failures_.size() >= kRemembered)
    failures_.erase(std::min_element(
        failures_.begin(), failures_.end(),
        [](const auto& one, const auto& other) { return one.second.last < other.second.last; }));
}

}  // namespace sonae::access

#include "town/inquiry/limits.h"

#include <algorithm>
#include <vector>

namespace sonae::inquiry {

namespace {
constexpr std::int64_t kForgottenAfter = 6 * 3'600'000;  // ms
constexpr std::size_t kRemembered = Limits::kRemembered;
constexpr int kMostDoublings = 10;
}  // namespace

Limits::Verdict Limits::ask(const std::string& key, const Allowance& allowance, Instant now) {
  const std::lock_guard lock(mutex_);
  if (meters_.size() >= kRemembered) forget_old(now);
  const auto [place, is_new] = meters_.try_emplace(key);
  Meter& meter = place->second;
  const auto most = static_cast<double>(allowance.at_once);
  if (is_new) {
    meter.left = most;
  } else {
    const auto passed = std::max<std::int64_t>(now.milliseconds - meter.at.milliseconds, 0);
    meter.left = std::min(
        most, meter.left + static_cast<double>(passed) / static_cast<double>(allowance.one_more_every_ms));
    if (meter.left >= most) meter.refusals = 0;
  }
  meter.at = now;
  if (meter.blocked_until <= now && meter.left >= 1) {
    meter.left -= 1;
    return {};
  }
  const bool begins = meter.blocked_until <= now;
  if (begins) {
    const std::int64_t wait = std::min(allowance.first_wait_ms << std::min(meter.refusals, kMostDoublings),
                                       allowance.longest_wait_ms);
    ++meter.refusals;
    meter.blocked_until.milliseconds = now.milliseconds + wait;
    // After the wait one more may be asked, however long it was.
    meter.left = 1;
  }
  return {(meter.blocked_until.milliseconds - now.milliseconds + 999) / 1000, begins};
}

void Limits::forget_old(Instant now) {
  std::erase_if(meters_, [&](const auto& entry) {
    return now.milliseconds - entry.second.at.milliseconds > kForgottenAfter;
  });
  if (meters_.size() < kRemembered) return;
  // Many at once: looking for the oldest one at each ask would cost every asker of a crowd all meters.
  std::vector<Instant> times;
  times.reserve(meters_.size());
  for (const auto& [key, meter] : meters_)
    times.push_back(meter.at);
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 4);
  std::ranges::nth_element(times, middle);
  std::size_t most = times.size() / 4 + 1;  // where all are of one time, some stay
  std::erase_if(meters_, [&](const auto& entry) {
    if (most == 0 || entry.second.at > *middle) return false;
    --most;
    return true;
  });
}

}  // namespace sonae::inquiry

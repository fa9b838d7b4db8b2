// Limits against trawling: an asker may ask for a few names at once, then has to wait, longer each time. Two
// meters: the asker (name and phone as typed), and the account at the desk or the network address. A node's
// own, in memory: it holds for names that are known and names that are not. Any thread.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/time.h"

namespace sonae::inquiry {

struct Allowance {
  std::int64_t at_once = 5;                  // asks that need no wait
  std::int64_t one_more_every_ms = 600'000;  // what is given back
  std::int64_t first_wait_ms = 30'000;       // doubles with each refusal that was waited for
  std::int64_t longest_wait_ms = 3'600'000;
};
inline constexpr Allowance kOfAnAsker{};
inline constexpr Allowance kOfADesk{60, 10'000, 30'000, 600'000};
// A network address may be that of a whole shelter.
inline constexpr Allowance kOfASource{30, 20'000, 30'000, 600'000};

class Limits {
 public:
  static constexpr std::size_t kRemembered =
      100'000;  // keys; then the quarter that rested longest is forgotten
  struct Verdict {
    std::int64_t seconds = 0;  // to wait; 0: asked and counted
    bool begins = false;       // a wait began with this ask
  };
  // Counts the ask against the key where it may go on.
  Verdict ask(const std::string& key, const Allowance& allowance, Instant now);
  std::size_t remembered() const {
    const std::lock_guard lock(mutex_);
    return meters_.size();
  }

 private:
  struct Meter {
    double left = 0;
    Instant at;
    Instant blocked_until;
    int refusals = 0;
  };
  void forget_old(Instant now);

  mutable std::mutex mutex_;
  std::map<std::string, Meter> meters_;  // guarded by mutex_
};

}  // namespace sonae::inquiry

// Lock-out after wrong passwords: a login that failed five times waits, 30 seconds at first, doubling to 15
// minutes. It holds for logins that do not exist as well, so that nothing can be told from it. A node's own,
// in memory. Any thread.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/time.h"

namespace sonae::access {

class Lockout {
 public:
  // How many seconds the login still has to wait; 0 where it may try now.
  std::int64_t seconds_to_wait(const std::string& login, Instant now);
  // Whether this failure began a new wait.
  bool failed(const std::string& login, Instant now);
  void succeeded(const std::string& login);

 private:
  struct Failures {
    int count = 0;
    Instant last;
    Instant blocked_until;
  };
  void forget_old(Instant now);

  std::mutex mutex_;
  std::map<std::string, Failures> failures_;  // guarded by mutex_
};

}  // namespace sonae::access

// Where those wait who put something into one group: they are woken all together, with one system call for
// the group instead of one for each of them.
#pragma once

#include <atomic>
#include <cstdint>

namespace sonae::journal {

// Any thread.
class Bell {
 public:
  // Returns once `mine` is set. Who sets it rings afterwards.
  void wait(const std::atomic<bool>& mine);
  void ring();

 private:
  std::atomic<std::uint32_t> rings_ = 0;
};

}  // namespace sonae::journal

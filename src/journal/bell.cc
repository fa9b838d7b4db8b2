#include "journal/bell.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>

namespace sonae::journal {

namespace {

// std::atomic::wait would first give the processor away several times, which with many waiting threads costs
// more than sleeping. Source: futex(2).
void futex(std::atomic<std::uint32_t>& word, int operation, std::uint32_t value) {
  static_assert(sizeof word == sizeof(std::uint32_t) && std::atomic<std::uint32_t>::is_always_lock_free);
  ::syscall(SYS_futex, &word, operation, value, nullptr, nullptr, 0);
}

}  // namespace

void Bell::wait(const std::atomic<bool>& mine) {
  for (;;) {
    const std::uint32_t heard = rings_.load(std::memory_order_acquire);
    if (mine.load(std::memory_order_acquire)) return;
    futex(rings_, FUTEX_WAIT_PRIVATE, heard);  // returns at once where it has rung since
  }
}

void Bell::ring() {
  rings_.fetch_add(1, std::memory_order_release);
  futex(rings_, FUTEX_WAKE_PRIVATE, INT_MAX);
}

}  // namespace sonae::journal

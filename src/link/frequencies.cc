#include "link/frequencies.h"

#include <atomic>
#include <bit>
#include <utility>

namespace sonae::link {
namespace {

// Places in a row: so many that values which nobody has are hardly ever taken for known ones (is_known asks).
constexpr std::size_t kFewest = 1U << 18, kMost = 1U << 22;

}  // namespace

Frequencies::Frequencies(std::size_t residents)
    : owned_(2 * std::clamp<std::size_t>(std::bit_ceil(8 * residents), kFewest, kMost), 0U),
      counts_(owned_) {}

FrequencyCounter::FrequencyCounter(Frequencies& into)
    : into_(into), pending_(std::size_t{1} << (64 - kShift)) {}

void FrequencyCounter::flush() {
  for (Pending& pending : pending_)
    put(std::exchange(pending, {}));
  for (Pending& pending : on_the_way_)
    add_to_sketch(std::exchange(pending, {}));
}

void FrequencyCounter::put(const Pending& pending) {
  if (pending.count == 0) return;
  Pending& oldest = on_the_way_[next_++ % on_the_way_.size()];
  add_to_sketch(oldest);
  oldest = pending;
  for (const unsigned row : {0U, 1U})
    __builtin_prefetch(&into_.owned_[into_.place(pending.key, row)], 1);
}

void FrequencyCounter::add_to_sketch(const Pending& pending) {
  if (pending.count == 0) return;
  for (const unsigned row : {0U, 1U})
    std::atomic_ref(into_.owned_[into_.place(pending.key, row)])
        .fetch_add(static_cast<std::uint32_t>(pending.count), std::memory_order_relaxed);
}

void Frequencies::own() {
  if (!owned_.empty()) return;
  owned_.assign(counts_.begin(), counts_.end());
  if (owned_.empty()) owned_.resize(1U << 13, 0U);
  counts_ = owned_;
}

}  // namespace sonae::link

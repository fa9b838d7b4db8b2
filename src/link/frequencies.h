// How many residents have a value: a name part, a town. A count-min sketch of two rows (Cormode and
// Muthukrishnan, 2005): flat, mapped as it is, exact for all but one value in hundreds, and then too high.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "link/big_array.h"
#include "link/keys.h"

namespace sonae::link {

class Frequencies {
 public:
  Frequencies() = default;
  explicit Frequencies(std::size_t residents);  // empty, of a fitting size
  explicit Frequencies(std::span<const std::uint32_t> mapped) : counts_(mapped) {}  // not owned
  Frequencies(const Frequencies&) = delete;
  Frequencies& operator=(const Frequencies&) = delete;
  Frequencies(Frequencies&&) = default;
  Frequencies& operator=(Frequencies&&) = default;

  std::uint32_t count(Key key) const {
    if (counts_.empty()) return 0;
    return std::min(counts_[place(key, 0)], counts_[place(key, 1)]);
  }
  // Whether anybody has it: mostly nobody has, and the first place says so.
  bool is_known(Key key) const {
    return !counts_.empty() && counts_[place(key, 0)] != 0 && counts_[place(key, 1)] != 0;
  }
  void prefetch(Key key) const {
    if (counts_.empty()) return;
    __builtin_prefetch(&counts_[place(key, 0)]);
    asm volatile("");  // or else GCC takes callers that only prefetch for doing nothing, and drops them
  }
  void add(Key key, std::int32_t by) {
    own();
    for (const unsigned row : {0U, 1U})
      owned_[place(key, row)] += static_cast<std::uint32_t>(by);
  }
  std::span<const std::uint32_t> counts() const { return counts_; }

 private:
  std::size_t place(Key key, unsigned row) const {
    const std::size_t half = counts_.size() / 2;
    return row == 0 ? (key & (half - 1)) : half + ((key >> 32) & (half - 1));
  }
  friend class FrequencyCounter;
  void own();

  BigVector<std::uint32_t> owned_;
  std::span<const std::uint32_t> counts_;  // of owned_, or of a mapped file
};

// Counts values for one of several threads that fill a sketch together. Few values make up most of what is
// counted: they are summed in a small table and go to the sketch, which is too large for the caches, now and
// then.
class FrequencyCounter {
 public:
  explicit FrequencyCounter(Frequencies& into);  // owned by it, not mapped
  FrequencyCounter(const FrequencyCounter&) = delete;
  FrequencyCounter& operator=(const FrequencyCounter&) = delete;
  ~FrequencyCounter() { flush(); }

  // What was added stands in the sketch afterwards.
  void flush();

  void add(Key key) {
    Pending& at = pending_[key >> kShift];
    if (at.key != key) {
      put(at);
      at = {key, 0};
    }
    ++at.count;
  }

 private:
  struct Pending {
    Key key = 0;
    std::uint64_t count = 0;
  };
  static constexpr unsigned kShift = 64 - 14;
  void put(const Pending& pending);
  void add_to_sketch(const Pending& pending);

  Frequencies& into_;
  std::vector<Pending> pending_;
  std::array<Pending, 16> on_the_way_;  // their places in the sketch are being fetched
  std::size_t next_ = 0;
};

}  // namespace sonae::link

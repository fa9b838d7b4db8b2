// How many residents have a value: a name part, a town. A count-min sketch of two rows (Cormode and
// Muthukrishnan, 2005): flat, mapped as it is, exact for all but one value in hundreds, and then too high.
#pragma once

#include <algorithm>
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
  // One row of the sketch at a time, so that two threads can fill it.
  void add_to_row(Key key, unsigned row, std::int32_t by) {
    owned_[place(key, row)] += static_cast<std::uint32_t>(by);
  }
  void add(Key key, std::int32_t by) {
    own();
    add_to_row(key, 0, by);
    add_to_row(key, 1, by);
  }
  std::span<const std::uint32_t> counts() const { return counts_; }

 private:
  std::size_t place(Key key, unsigned row) const {
    const std::size_t half = counts_.size() / 2;
    return row == 0 ? (key & (half - 1)) : half + ((key >> 32) & (half - 1));
  }
  void own();

  BigVector<std::uint32_t> owned_;
  std::span<const std::uint32_t> counts_;  // of owned_, or of a mapped file
};

}  // namespace sonae::link

// The residents that a row may be: the union of the posting lists of its keys. Lists that are too long to
// look through (100,000 residents of one name) are not: they are intersected with each other.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "link/features.h"
#include "link/index.h"

namespace sonae::link {

class Candidates {
 public:
  Candidates();

  // Begins with a row; `today` as of which its age is meant. Both must outlive the calls of next.
  void begin(const Index& index, std::span<const Query> row, Date today);

  // The next slots to compare the row with, none twice, without those that are gone; from the lists that
  // prove most to those that prove least, in kSteps steps. Valid until the next call.
  static constexpr int kSteps = 3;
  std::span<const std::uint32_t> next(const Index& index);
  // Whether some list was too long to walk.
  bool crowded() const { return !long_lists_.empty(); }

 private:
  void walk(const Index& index, int step);
  void take(const Index& index, std::uint32_t slot);
  void intersect(const Index& index, std::span<const std::uint32_t> one,
                 std::span<const std::uint32_t> other);
  void intersect_long_lists(const Index& index);

  std::array<std::vector<Key>, kSteps> keys_;
  int step_ = 0;
  std::size_t leaps_left_ = 0;
  std::vector<std::span<const std::uint32_t>> long_lists_;
  std::vector<std::uint32_t> found_;
  std::vector<std::uint32_t> seen_;  // an open hash table of what is in found_
};

}  // namespace sonae::link

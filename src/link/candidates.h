// The residents that a row may be: the union of the posting lists of its keys. Lists that are too long to
// look through (100,000 residents of one name) are not: they are intersected with each other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "link/features.h"
#include "link/index.h"

namespace sonae::link {

class Candidates {
 public:
  Candidates();

  // The slots to compare the row with, each once, without those that are gone. Valid until the next call.
  std::span<const std::uint32_t> find(const Index& index, std::span<const Query> row, Date today);

 private:
  void add_keys(const Query& query, Date today);
  void take(const Index& index, std::uint32_t slot);
  void intersect(const Index& index, std::span<const std::uint32_t> one,
                 std::span<const std::uint32_t> other);

  struct Wanted {
    Key key;
    std::size_t most;  // longer lists are intersected
  };
  std::vector<Wanted> keys_;
  std::vector<std::span<const std::uint32_t>> long_lists_;
  std::vector<std::uint32_t> found_;
  std::vector<std::uint32_t> seen_;  // an open hash table of what is in found_
};

}  // namespace sonae::link

// The keys that some rows ask for, as a set that may hold a few too many: while the posting lists of a
// registry are built for these rows alone, whatever nobody asks for is left out. One bit for each place of a
// table that the second-level cache holds; the places are taken from those bits of a key that postings.h does
// not use.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <vector>

#include "link/keys.h"

namespace sonae::link {

class KeySet {
 public:
  explicit KeySet(std::size_t keys_expected)
      : words_(std::clamp<std::size_t>(std::bit_ceil(keys_expected * kBitsForEach), kFewestBits, kMostBits) /
               64) {}

  // From any thread, beside others that add.
  void add(Key key) {
    std::atomic_ref(words_[word(key)]).fetch_or(std::uint64_t{1} << (key & 63), std::memory_order_relaxed);
  }
  // True for what was added, and for about one key in kBitsForEach that was not.
  bool may_have(Key key) const { return (words_[word(key)] >> (key & 63) & 1) != 0; }

 private:
  static constexpr std::size_t kBitsForEach = 8;
  static constexpr std::size_t kFewestBits = std::size_t{1} << 12, kMostBits = std::size_t{1} << 31;
  std::size_t word(Key key) const { return (key & 0xFFFFFFFF) >> 6 & (words_.size() - 1); }

  std::vector<std::uint64_t> words_;
};

}  // namespace sonae::link

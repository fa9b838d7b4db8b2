// What of a value can be told without going to its text: enough to see of most pairs of values that they are
// not alike. Pure, any thread.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>

namespace sonae::link {

struct ValueSketch {
  std::uint64_t letters = 0;    // a bit for each letter that it has, by its lowest six bits
  std::uint64_t beginning = 0;  // the lowest byte of each of its first eight letters, the first in the lowest
  std::uint32_t length = 0;     // in letters

  explicit ValueSketch(std::u32string_view text) : length(static_cast<std::uint32_t>(text.size())) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      letters |= std::uint64_t{1} << (text[i] & 63);
      if (i < 8) beginning |= static_cast<std::uint64_t>(text[i] & 255) << (8 * i);
    }
  }
  friend bool operator==(const ValueSketch&, const ValueSketch&) = default;
};

// How many of their first eight letters stand at the same place with another letter at most: exact where both
// have ASCII letters only, too few otherwise.
inline int places_that_differ(const ValueSketch& one, const ValueSketch& other) {
  std::uint64_t difference = one.beginning ^ other.beginning;
  difference |= difference >> 4;
  difference |= difference >> 2;
  difference |= difference >> 1;
  return std::popcount(difference & 0x0101010101010101ULL);
}

// At most so many letters of the two can be paired off, each with one that is the same.
inline std::uint32_t most_in_common(const ValueSketch& one, const ValueSketch& other) {
  const auto only_in = [](const ValueSketch& a, const ValueSketch& b) {
    return static_cast<std::uint32_t>(std::popcount(a.letters & ~b.letters));
  };
  return std::min(one.length - only_in(one, other), other.length - only_in(other, one));
}

// At least their similarity by Jaro and Winkler (text/jaro_winkler.h), which is at most this where as many
// letters as can be are paired off in order and the beginning is as alike as the sketches tell.
inline double most_similar(const ValueSketch& one, const ValueSketch& other) {
  if (one.length == 0 || other.length == 0) return 0;
  // Longer texts are compared by their beginnings alone.
  if (one.length > 64 || other.length > 64) return 1;
  const double common = most_in_common(one, other);
  const double jaro = common == 0 ? 0 : (common / one.length + common / other.length + 1) / 3;
  const std::uint64_t difference = one.beginning ^ other.beginning;
  const int prefix = difference == 0 ? 4 : std::min(4, std::countr_zero(difference) / 8);
  return jaro + 0.1 * prefix * (1 - jaro);
}

}  // namespace sonae::link

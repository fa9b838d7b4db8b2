// How heavy a candidate can be at most, from its agreement pattern alone: most candidates of a row are so far
// behind the best that neither their letters need a closer look nor their values be weighed. Never less than
// what score.h makes of any resident with that pattern, so that nobody is lost by it. For one row's name.
#pragma once

#include <array>

#include "link/patterns.h"
#include "link/score.h"

namespace sonae::link {

class Ceiling {
 public:
  Ceiling(const LogWeights& weights, const ValueFrequencies& values, const Features& row);

  // At least log2(m/u) of the pattern, whatever looking closer (closer.h) makes of its names.
  float of(Pattern pattern) const {
    float sum = 0;
    std::uint64_t bits = pattern.bits();
    for (std::size_t f = 0; f < kComparedFields; ++f, bits >>= 4)
      sum += most_[f][bits & 15];
    return sum;
  }

 private:
  std::array<std::array<float, 16>, kComparedFields> most_{};
};

}  // namespace sonae::link

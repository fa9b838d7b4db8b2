// From an agreement pattern to its weight: what m says in the weights, and what u says for the very values
// that agree (a frequent name proves less than a rare one).
#pragma once

#include <array>
#include <cstdint>

#include "link/features.h"
#include "link/index.h"
#include "link/patterns.h"
#include "link/weights.h"

namespace sonae::link {

// log2 of m and u for every level; u without regard to the value.
class LogWeights {
 public:
  explicit LogWeights(const Weights& weights);
  float m(Field field, std::uint8_t l) const { return m_[static_cast<std::size_t>(field)][l]; }
  float u(Field field, std::uint8_t l) const { return u_[static_cast<std::size_t>(field)][l]; }
  float m(Pattern pattern) const;
  float m_of_household(Pattern pattern) const;  // the fields that a household shares

 private:
  std::array<std::array<float, 16>, kComparedFields> m_{};
  std::array<std::array<float, 16>, kComparedFields> u_{};
};

inline bool is_shared_by_household(Field field) {
  return field == Field::family_name || field == Field::address || field == Field::phone;
}

// How frequent the values of one row are among the residents: looked up once for each row.
class ValueFrequencies {
 public:
  ValueFrequencies(const Index& index, const Query& row);

  // log2 of u for this level, given the row's own value.
  float log_u(const LogWeights& weights, Field field, std::uint8_t l, bool reversed) const;

 private:
  float family_kanji_, family_kana_, given_kanji_, given_kana_;  // log2 of shares
  float family_as_given_kanji_, family_as_given_kana_, given_as_family_kanji_, given_as_family_kana_;
  float town_, address_, address_start_, birth_;
};

// A resident compared with a row.
struct Scored {
  std::uint32_t slot = 0;
  std::uint32_t household = 0;
  Pattern pattern;
  float log_u = 0;               // sum over the fields
  float log_u_of_household = 0;  // of those that a household shares
};

Scored score(const LogWeights& weights, const ValueFrequencies& values, const Features& resident,
             std::uint32_t slot, Pattern pattern);

}  // namespace sonae::link

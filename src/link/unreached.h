// Residents whom no list of candidates leads to: a row that gives a name and nothing else cannot lead to
// somebody who stands in the registry under another one (a maiden name, kanji guessed by ear). How often that
// happens follows from m and from what the row gives; without it such rows would be counted as strangers, and
// all others be held for strangers too often.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "link/features.h"
#include "link/weights.h"

namespace sonae::link {

// What of a row may lead to its resident: which of 1,024 kinds of row it is.
class Leads {
 public:
  static constexpr std::size_t kKinds = 1 << 10;
  enum Bit : std::uint16_t {
    family = 1,
    given = 2,
    in_kana = 4,  // the name has no kanji
    crowded = 8,  // some lists of half a name were too long to be walked
    year = 16,
    age = 32,
    rough_age = 64,
    whole_birth = 128,
    town = 256,
    number = 512,
  };

  Leads() = default;
  Leads(const Query& row, bool is_crowded);
  explicit Leads(std::size_t kind) : bits_(static_cast<std::uint16_t>(kind)) {}

  std::size_t kind() const { return bits_; }
  bool has(Bit bit) const { return (bits_ & bit) != 0; }

 private:
  std::uint16_t bits_ = 0;
};

// How often each of the leads is right, by the m of the weights, fields taken as independent.
class Reached {
 public:
  explicit Reached(const Weights& weights);

  // The share of residents whose rows lead so and who are not among the candidates.
  double without(Leads leads) const;

 private:
  struct Part {  // of a name: the same, and all but a letter
    double same = 0, near = 0;
  };
  std::array<Part, 2> family_{}, given_{};  // in kanji, in kana
  double birth_ = 0, year_of_other_birth_ = 0, year_ = 0, age_ = 0, rough_age_ = 0;
  double number_ = 0, town_of_other_number_ = 0, town_ = 0;
};

}  // namespace sonae::link

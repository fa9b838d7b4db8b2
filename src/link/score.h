// From an agreement pattern to its weight: what m says in the weights, and what u says for the very values
// that agree (a frequent name proves less than a rare one).
#pragma once

#include <array>
#include <cstdint>

#include "base/time.h"
#include "link/features.h"
#include "link/index.h"
#include "link/patterns.h"
#include "link/unreached.h"
#include "link/weights.h"

namespace sonae::link {

// log2 of m and u for every level, u without regard to the value, and of how many residents are no
// candidates.
class LogWeights {
 public:
  explicit LogWeights(const Weights& weights);
  float m(Field field, std::uint8_t l) const { return m_[static_cast<std::size_t>(field)][l]; }
  float u(Field field, std::uint8_t l) const { return u_[static_cast<std::size_t>(field)][l]; }
  float m(Pattern pattern) const;
  float m_of_household(Pattern pattern) const;  // the fields that a household shares
  float unreached(Leads leads) const { return unreached_[leads.kind()]; }

 private:
  std::array<float, Leads::kKinds> unreached_{};
  std::array<std::array<float, 16>, kComparedFields> m_{};
  std::array<std::array<float, 16>, kComparedFields> u_{};
};

inline bool is_shared_by_household(Field field) {
  return field == Field::family_name || field == Field::address || field == Field::phone;
}

// How frequent the values of one row are among the residents: looked up once for each row. For one thread.
class ValueFrequencies {
 public:
  // `as_of`: the day of the row's age.
  ValueFrequencies(const Index& index, const Query& row, Date as_of);

  // log2 of u for the field's level in this pattern, given the row's own values and, where the fields depend
  // on each other, the levels of the others: who is called ハナ is a woman, and old; who is called 古谷 is at
  // home in one village.
  float log_u(const LogWeights& weights, Field field, Pattern pattern, const Features& resident) const;
  // The least that log_u can be at this level, whatever the rest of the pattern and the resident.
  float least_log_u(const LogWeights& weights, Field field, std::uint8_t l) const;

 private:
  struct Near;
  float log_u_of_part(const LogWeights& weights, bool family, Pattern pattern,
                      const Features& resident) const;
  float log_u_near(const LogWeights& weights, bool family, std::uint8_t l, const Features& resident) const;
  float others_but_one(const Near& near, bool in_kanji, std::size_t at) const;
  void count_dependent(const Index& index, const Query& row, Date as_of);

  float family_kanji_, family_kana_, given_kanji_, given_kana_;  // log2 of shares
  float family_as_given_kanji_, family_as_given_kana_, given_as_family_kanji_, given_as_family_kana_;
  float town_, address_, address_start_, birth_;
  float births_meant_ =
      0;  // log2 of how many birth dates were tried: so much likelier does one agree by chance
  // log2 of how much likelier than anybody somebody of that name is to be born in the row's year, to live in
  // the row's town.
  // log2 of how much oftener the whole name is borne than its parts suggest: 楊 秀英, where there are many
  // from one country.
  float whole_by_kanji_ = 0, whole_by_kana_ = 0;
  float year_by_kanji_ = 0, year_by_kana_ = 0, town_by_kanji_ = 0, town_by_kana_ = 0;
  // The residents whose whole name is the row's but for the letter at this place, by script; past its end,
  // those with one letter more.
  struct Near {
    Letters whole;
    std::uint8_t family = 0;
    mutable std::array<float, 17> others = unknown();  // counted when asked for
    static std::array<float, 17> unknown() {
      std::array<float, 17> none;
      none.fill(-1);
      return none;
    }
  };
  Near near_kanji_, near_kana_;
  std::uint16_t first_number_ = 0;
  const Index* index_ = nullptr;
  double residents_ = 1;
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

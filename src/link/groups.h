// Which levels of a field exclude each other. A row that gives a name in kana cannot reach the kanji levels,
// one that gives a town only cannot reach the levels of numbers: so m and u are shares within such a group,
// and the ratio m/u of one level does not depend on how many rows are of which kind.
#pragma once

#include <cstdint>

#include "link/fields.h"

namespace sonae::link {

// 0: not learned (a kind too rare to learn from: partial dates); else the group's number.
constexpr std::uint8_t group_of(Field field, std::uint8_t l) {
  using namespace level;
  if (l == missing) return 0;
  switch (field) {
    case Field::family_name:
    case Field::given_name:
      return l <= kanji_differs || l == kanji_and_kana_differ || l == kanji_confused || l == kanji_reads_alike
                 ? 1
                 : 2;
    case Field::age:
      return l <= age_differs ? 1 : 2;
    case Field::code:
      return l <= code_differs ? 1 : 2;
    case Field::birth_date:
      return l == birth_month_same || l == birth_year_same || l == birth_day_same ||
                     l == birth_known_parts_differ
                 ? 0
                 : 1;
    case Field::address:
      // In another municipality: that says the same of every resident (Weights::address_kinds).
      return l == address_elsewhere ? 0 : l < address_elsewhere ? 1 : 2;
    default:
      return 1;
  }
}

}  // namespace sonae::link

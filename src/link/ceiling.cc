#include "link/ceiling.h"

#include <algorithm>

namespace sonae::link {

Ceiling::Ceiling(const LogWeights& weights, const ValueFrequencies& values, const Features& row) {
  for (std::size_t f = 0; f < kComparedFields; ++f) {
    for (std::uint8_t l = 1; l < kLevels[f]; ++l) {
      const auto field = static_cast<Field>(f);
      most_[f][l] = weights.m(field, l) - values.least_log_u(weights, field, l);
    }
  }
  // What looking closer may make of a level.
  for (const Field field : {Field::family_name, Field::given_name}) {
    using namespace level;
    auto& most = most_[static_cast<std::size_t>(field)];
    const bool family = field == Field::family_name;
    const bool kana_given = !(family ? row.family_kana() : row.given_kana()).empty();
    most[kana_near] = std::max(most[kana_near], most[kana_confused]);
    most[kanji_near] = std::max(most[kanji_near], most[kanji_confused]);
    if (kana_given) continue;
    for (const std::uint8_t l : {kanji_near, kanji_differs, kanji_begins_alike})
      most[l] = std::max(most[l], most[kanji_reads_alike]);
  }
}

}  // namespace sonae::link

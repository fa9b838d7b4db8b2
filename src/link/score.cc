#include "link/score.h"

#include <algorithm>
#include <cmath>

#include "link/keys.h"

namespace sonae::link {
namespace {

// The share of a value among the residents, drawn towards a middling value's share where the registry is too
// small to tell (12 residents of whom one is a 佐藤 do not make 佐藤 every twelfth).
float log_share(double count, double residents, double middling, double strength) {
  return static_cast<float>(std::log2((count + strength * middling) / (residents + strength)));
}

const float kLogOfRest = -1.0F;   // kana the same and kanji not: about half of those with the same kana
const float kLogOfTenth = -3.3F;  // kanji the same and reading not: a tenth of those with the same kanji

}  // namespace

LogWeights::LogWeights(const Weights& weights) {
  for (std::size_t f = 0; f < kComparedFields; ++f) {
    for (std::size_t l = 1; l < kLevels[f]; ++l) {
      m_[f][l] = static_cast<float>(std::log2(std::max(weights.fields[f][l].m, 1e-9)));
      u_[f][l] = static_cast<float>(std::log2(std::max(weights.fields[f][l].u, 1e-9)));
    }
  }
}

float LogWeights::m(Pattern pattern) const {
  float sum = 0;
  std::uint32_t bits = pattern.bits();
  for (std::size_t f = 0; f < kComparedFields; ++f, bits >>= 4)
    sum += m_[f][bits & 15];
  return sum;
}

float LogWeights::m_of_household(Pattern pattern) const {
  return m(Field::family_name, pattern.level(Field::family_name)) +
         m(Field::address, pattern.level(Field::address)) + m(Field::phone, pattern.level(Field::phone));
}

ValueFrequencies::ValueFrequencies(const Index& index, const Query& row) {
  const Features& f = row.features;
  const auto n = static_cast<double>(index.residents());
  const Frequencies& known = index.frequencies();
  const auto name = [&](KeyKind kind, Letters letters) {
    if (letters.empty()) return 0.0F;
    return log_share(known.count(key_of(kind, letters.packed)), n, .001, 200);
  };
  family_kanji_ = name(KeyKind::family_kanji, f.family_kanji());
  family_kana_ = name(KeyKind::family_kana, f.family_kana());
  given_kanji_ = name(KeyKind::given_kanji, f.given_kanji());
  given_kana_ = name(KeyKind::given_kana, f.given_kana());
  family_as_given_kanji_ = name(KeyKind::given_kanji, f.family_kanji());
  family_as_given_kana_ = name(KeyKind::given_kana, f.family_kana());
  given_as_family_kanji_ = name(KeyKind::family_kanji, f.given_kanji());
  given_as_family_kana_ = name(KeyKind::family_kana, f.given_kana());
  town_ = log_share(f.town ? known.count(key_of(KeyKind::town, f.town)) : 0, n, .02, 20);
  const double at_number = f.numbers[0] ? index.count(key_of(KeyKind::number, f.town, f.numbers[0])) : 0;
  const double at_two =
      f.numbers[1] ? index.count(key_of(KeyKind::two_numbers, f.town, f.numbers[0] * 65536U + f.numbers[1]))
                   : at_number;
  address_start_ = log_share(at_number + 1, n, .0003, 1000);
  address_ = log_share(at_two + 1, n, .0001, 1000);
  const double born =
      f.birth().is_whole()
          ? index.count(key_of(KeyKind::birth, static_cast<Packed>(f.year * 10000 + f.month * 100 + f.day)))
          : 0;
  birth_ = born < 20 ? -100.0F : static_cast<float>(std::log2(born / n));
}

float ValueFrequencies::log_u(const LogWeights& weights, Field field, std::uint8_t l, bool reversed) const {
  using namespace level;
  switch (field) {
    case Field::family_name:
    case Field::given_name: {
      const bool family = field == Field::family_name;
      const float kanji = family ? (reversed ? given_as_family_kanji_ : family_kanji_)
                                 : (reversed ? family_as_given_kanji_ : given_kanji_);
      const float kana = family ? (reversed ? given_as_family_kana_ : family_kana_)
                                : (reversed ? family_as_given_kana_ : given_kana_);
      if (l == kanji_same) return kanji;
      if (l == kanji_same_kana_differs) return kanji + kLogOfTenth;
      if (l == kana_same_kanji_differs) return kana + kLogOfRest;
      if (l == kana_same) return kana;
      break;
    }
    case Field::address:
      if (l == address_same) return address_;
      if (l == address_same_start) return address_start_;
      if (l == town_same) return town_;
      if (l == town_same_number_near) return town_ - 5.0F;
      if (l == town_same_number_differs) return town_;
      break;
    case Field::birth_date:
      if (l == birth_same) return std::max(birth_, weights.u(field, l));
      break;
    default:
      break;
  }
  return l == missing ? 0.0F : weights.u(field, l);
}

Scored score(const LogWeights& weights, const ValueFrequencies& values, const Features& resident,
             std::uint32_t slot, Pattern pattern) {
  Scored scored{slot, resident.household, pattern, 0, 0};
  const bool reversed = pattern.level(Field::name_order) == level::order_reversed;
  for (std::size_t f = 0; f < kComparedFields; ++f) {
    const auto field = static_cast<Field>(f);
    const std::uint8_t l = pattern.level(field);
    if (l == level::missing) continue;
    const float u = values.log_u(weights, field, l, reversed);
    scored.log_u += u;
    if (is_shared_by_household(field)) scored.log_u_of_household += u;
  }
  return scored;
}

}  // namespace sonae::link

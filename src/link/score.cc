#include "link/score.h"

#include <algorithm>
#include <cmath>

#include "link/keys_asked.h"

namespace sonae::link {
namespace {

// The share of a value among the residents, drawn towards a middling value's share where the registry is too
// small to tell (12 residents of whom one is a 佐藤 do not make 佐藤 every twelfth).
float log_share(double count, double residents, double middling, double strength) {
  return static_cast<float>(std::log2((count + strength * middling) / (residents + strength)));
}

const float kLogOfRest = -1.0F;   // kana the same and kanji not: about half of those with the same kana
const float kLogOfTenth = -3.3F;  // kanji the same and reading not: a tenth of those with the same kanji
// Of two people of one given name, 98 % are of one sex, in kanji and in kana (data/names/given_names.tsv).
const float kLogSameSexOfName = -0.03F;
const float kLogOtherSexOfName = -5.6F;
constexpr double kShareOfYear = 1.0 / 80;  // of the residents, born in one year
// Two people of one given name are so much likelier than any two to be born within two years of each other:
// in registries made by data/names/given_names.tsv 1.6 (names of ten to thirty residents) to 3.5 (of a
// hundred).
constexpr double kSameYearsOfName = 1.8;
// How many residents of a name it takes to believe what they show.
constexpr double kStrengthOfYear = 20, kStrengthOfTown = 20, kStrengthOfNear = 20, kStrengthOfWhole = 1;

}  // namespace

LogWeights::LogWeights(const Weights& weights) {
  constexpr double kLeastUnreached = 1e-6;
  const Reached reached(weights);
  for (std::size_t kind = 0; kind < unreached_.size(); ++kind)
    unreached_[kind] = static_cast<float>(std::log2(std::max(kLeastUnreached, reached.without(Leads(kind)))));
  for (std::size_t f = 0; f < kComparedFields; ++f) {
    for (std::size_t l = 1; l < kLevels[f]; ++l) {
      m_[f][l] = static_cast<float>(std::log2(std::max(weights.fields[f][l].m, 1e-9)));
      u_[f][l] = static_cast<float>(std::log2(std::max(weights.fields[f][l].u, 1e-9)));
    }
  }
}

float LogWeights::m(Pattern pattern) const {
  float sum = 0;
  std::uint64_t bits = pattern.bits();
  for (std::size_t f = 0; f < kComparedFields; ++f, bits >>= 4)
    sum += m_[f][bits & 15];
  return sum;
}

float LogWeights::m_of_household(Pattern pattern) const {
  return m(Field::family_name, pattern.level(Field::family_name)) +
         m(Field::address, pattern.level(Field::address)) + m(Field::phone, pattern.level(Field::phone));
}

ValueFrequencies::ValueFrequencies(const Index& index, const Query& row, Date as_of) {
  const Features& f = row.features;
  const auto n = static_cast<double>(index.residents());
  const Frequencies& known = index.frequencies();
  // All of far-off memory that is counted below is fetched at once: first where the lists begin, then the
  // lists.
  for_each_key_counted(row, as_of, [&](Key key) { index.prefetch(key); });
  for (const KeyKind kind : {KeyKind::family_kanji, KeyKind::given_kanji}) {
    known.prefetch(key_of(kind, f.family_kanji().packed));
    known.prefetch(key_of(kind, f.given_kanji().packed));
  }
  for (const KeyKind kind : {KeyKind::family_kana, KeyKind::given_kana}) {
    known.prefetch(key_of(kind, f.family_kana().packed));
    known.prefetch(key_of(kind, f.given_kana().packed));
  }
  for_each_key_counted(row, as_of, [&](Key key) { index.prefetch_count(key); });
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
  double in_town = 0, at_number = 0, at_two = 0;
  row.for_each_town([&](std::uint32_t town) {
    in_town += known.count(key_of(KeyKind::town, town));
    if (f.numbers[0]) at_number += double(index.count(key_of(KeyKind::number, town, f.numbers[0])));
    if (f.numbers[1])
      at_two += double(index.count(key_of(KeyKind::two_numbers, town, f.numbers[0] * 65536U + f.numbers[1])));
  });
  if (f.numbers[1] == 0) at_two = at_number;
  town_ = log_share(in_town, n, .02, 20);
  address_start_ = log_share(at_number + 1, n, .0003, 1000);
  address_ = log_share(at_two + 1, n, .0001, 1000);
  const double born = f.birth().is_whole()
                          ? double(index.count(key_of(
                                KeyKind::birth, static_cast<Packed>(f.year * 10000 + f.month * 100 + f.day))))
                          : 0;
  birth_ = born < 20 ? -100.0F : static_cast<float>(std::log2(born / n));
  births_meant_ = std::log2(static_cast<float>(row.births_meant));
  residents_ = n;
  index_ = &index;
  first_number_ = f.numbers[0];
  count_dependent(index, row, as_of);
}

// What a name tells of age and town, from the posting lists of given name with year and family name with
// town. The resident whom the row is meant to be is among the counted: one is taken off.
void ValueFrequencies::count_dependent(const Index& index, const Query& row, Date as_of) {
  const Features& f = row.features;
  const Frequencies& known = index.frequencies();
  const auto ratio = [](double with, double all, double share, double strength, double expected) {
    const double others = std::max(0.0, with - 1), of = std::max(0.0, all - 1);
    return static_cast<float>(std::log2((others + strength * share * expected) / ((of + strength) * share)));
  };
  const bool has_age = row.age >= 0 && row.age_means == AgeMeans::years;
  const int first = f.year ? f.year - 1 : has_age ? as_of.year - row.age - 2 : 0;
  const int years = f.year ? 3 : 4;
  const auto by_year = [&](KeyKind part, KeyKind with_year, Letters given) {
    if (given.empty() || first <= 0) return 0.0F;
    double with = 0;
    for (int year = first; year < first + years; ++year)
      with += double(index.count(key_of(with_year, given.packed, static_cast<std::uint64_t>(year))));
    return ratio(with, known.count(key_of(part, given.packed)), kShareOfYear * years, kStrengthOfYear,
                 kSameYearsOfName);
  };
  year_by_kanji_ = by_year(KeyKind::given_kanji, KeyKind::given_kanji_year, f.given_kanji());
  year_by_kana_ = by_year(KeyKind::given_kana, KeyKind::given_kana_year, f.given_kana());
  const double town = std::exp2(town_);
  const auto by_town = [&](KeyKind part, KeyKind with_town, Letters family) {
    if (family.empty() || f.town == 0) return 0.0F;
    double with = 0;
    row.for_each_town(
        [&](std::uint32_t t) { with += double(index.count(key_of(with_town, family.packed, t))); });
    return std::max(0.0F, ratio(with, known.count(key_of(part, family.packed)), town, kStrengthOfTown, 1));
  };
  town_by_kanji_ = by_town(KeyKind::family_kanji, KeyKind::family_kanji_town, f.family_kanji());
  town_by_kana_ = by_town(KeyKind::family_kana, KeyKind::family_kana_town, f.family_kana());

  const auto by_whole_name = [&](KeyKind kind, Packed name, float family, float given) {
    const double others = std::max(0.0, double(index.count(key_of(kind, name))) - 1);
    const double expected = residents_ * std::exp2(family + given);
    return std::max(
        0.0F, static_cast<float>(std::log2((others + kStrengthOfWhole) / (expected + kStrengthOfWhole))));
  };
  if (f.kanji_family > 0 && f.kanji_family < f.kanji_count)
    whole_by_kanji_ = by_whole_name(KeyKind::kanji_name, f.kanji, family_kanji_, given_kanji_);
  if (f.kana_family > 0 && f.kana_family < f.kana_count)
    whole_by_kana_ = by_whole_name(KeyKind::kana_name, f.kana, family_kana_, given_kana_);

  near_kanji_.whole = f.all_kanji();
  near_kanji_.family = f.kanji_family;
  near_kana_.whole = f.all_kana();
  near_kana_.family = f.kana_family;
}

// How many residents are named as the row but for the letter at `at`; past its end: with one letter more.
float ValueFrequencies::others_but_one(const Near& near, bool in_kanji, std::size_t at) const {
  float& known = near.others[at];
  if (known >= 0) return known;
  const unsigned bits = in_kanji ? kKanjiBits : kKanaBits;
  const auto from = static_cast<unsigned>(at);
  Packed letters = near.whole.packed;
  if (from < near.whole.count) {
    const Packed after = from + 1U == 128 / bits ? 0 : (letters >> (bits * (from + 1))) << (bits * from);
    letters = (letters & low_bits(bits * from)) | after;
  }
  const KeyKind kind = in_kanji ? KeyKind::kanji_but_one : KeyKind::kana_but_one;
  known = static_cast<float>(index_->count(key_of(kind, letters)));
  return known;
}

// One letter of a part differs, the other part is the same: of those who bear the other part, how many are
// that near? 英子 and 麗子 are nothing rare among the women of one family.
float ValueFrequencies::log_u_near(const LogWeights& weights, bool family, std::uint8_t l,
                                   const Features& resident) const {
  const Field field = family ? Field::family_name : Field::given_name;
  const float any = weights.u(field, l);
  const bool in_kanji = l == level::kanji_near;
  const Near& near = in_kanji ? near_kanji_ : near_kana_;
  const Letters theirs = in_kanji ? resident.all_kanji() : resident.all_kana();
  const unsigned length = near.whole.count;
  if (length < 2 || (length != theirs.count && length + 1U != theirs.count)) return any;
  const Packed difference = near.whole.packed ^ theirs.packed;
  if (difference == 0) return any;
  const auto low = static_cast<std::uint64_t>(difference),
             high = static_cast<std::uint64_t>(difference >> 64);
  const int bit = low ? __builtin_ctzll(low) : 64 + __builtin_ctzll(high);
  const auto at = static_cast<std::size_t>(bit) / (in_kanji ? kKanjiBits : kKanaBits);
  if ((at < near.family) != family) return any;
  const float as_near = others_but_one(near, in_kanji, length == theirs.count ? at : length);
  if (as_near == 0) return any;
  const float log_other =
      in_kanji ? (family ? given_kanji_ : family_kanji_) : (family ? given_kana_ : family_kana_);
  const double bearers = residents_ * std::exp2(log_other);
  const double others = std::max(0.0F, as_near - 1);
  return static_cast<float>(
      std::log2((others + kStrengthOfNear * std::exp2(any)) / (bearers + kStrengthOfNear)));
}

float ValueFrequencies::log_u_of_part(const LogWeights& weights, bool family, Pattern pattern,
                                      const Features& resident) const {
  using namespace level;
  const Field field = family ? Field::family_name : Field::given_name;
  const std::uint8_t l = pattern.level(field);
  const bool reversed = pattern.level(Field::name_order) == order_reversed;
  const float kanji = family ? (reversed ? given_as_family_kanji_ : family_kanji_)
                             : (reversed ? family_as_given_kanji_ : given_kanji_);
  const float kana = family ? (reversed ? given_as_family_kana_ : family_kana_)
                            : (reversed ? family_as_given_kana_ : given_kana_);
  // Said once, with the given name.
  const bool whole = !family && !reversed && pattern.level(Field::family_name) == l;
  switch (l) {
    case kanji_same:
      return kanji + (whole ? whole_by_kanji_ : 0);
    case kanji_same_kana_differs:
      return kanji + kLogOfTenth;
    case kana_same_kanji_differs:
      return kana + kLogOfRest;
    case kana_same:
      return kana + (whole ? whole_by_kana_ : 0);
    case kanji_reads_alike: {
      const Letters their_kana = family ? resident.family_kana() : resident.given_kana();
      const KeyKind kind = family ? KeyKind::family_kana : KeyKind::given_kana;
      return log_share(index_->frequencies().count(key_of(kind, their_kana.packed)), residents_, .001, 200);
    }
    case kanji_near:
    case kanji_differs_kana_near:
    case kana_near: {
      const std::uint8_t other = pattern.level(family ? Field::given_name : Field::family_name);
      const bool other_same = other == kanji_same || (l != kanji_near && other == kana_same);
      return other_same && !reversed ? log_u_near(weights, family, l, resident) : weights.u(field, l);
    }
    default:
      return weights.u(field, l);
  }
}

float ValueFrequencies::log_u(const LogWeights& weights, Field field, Pattern pattern,
                              const Features& resident) const {
  using namespace level;
  const std::uint8_t l = pattern.level(field);
  if (l == missing) return 0;
  const auto in_kanji = [&](Field part) {
    return pattern.level(part) == kanji_same || pattern.level(part) == kanji_same_kana_differs;
  };
  const auto in_kana = [&](Field part) {
    return pattern.level(part) == kana_same || pattern.level(part) == kana_same_kanji_differs;
  };
  const bool straight = pattern.level(Field::name_order) != order_reversed;
  switch (field) {
    case Field::family_name:
    case Field::given_name:
      return log_u_of_part(weights, field == Field::family_name, pattern, resident);
    case Field::sex:
      if (in_kanji(Field::given_name) || in_kana(Field::given_name))
        return l == sex_same ? kLogSameSexOfName : kLogOtherSexOfName;
      break;
    case Field::address: {
      const float of_family = !straight                      ? 0
                              : in_kanji(Field::family_name) ? town_by_kanji_
                              : in_kana(Field::family_name)  ? town_by_kana_
                                                             : 0;
      if (l == address_same) return address_;
      if (l == address_same_start) return address_start_;
      if (l == town_same) return town_ + of_family;
      // Near by a slip of the pen, or at the same first number (of a 丁目 with many houses).
      if (l == town_same_number_near)
        return first_number_ == resident.numbers[0] ? address_start_ : town_ + of_family - 5.0F;
      if (l == town_same_number_differs) return town_ + of_family;
      break;
    }
    // Who writes the family name last writes everybody's so: of strangers, too, as many rows are turned, and
    // the rest would have to be called so.
    case Field::name_order: {
      if (straight) break;
      const bool kanji = in_kanji(Field::family_name) && in_kanji(Field::given_name);
      const float as_it_stands = kanji ? family_kanji_ + given_kanji_ : family_kana_ + given_kana_;
      const float turned = kanji ? given_as_family_kanji_ + family_as_given_kanji_
                                 : given_as_family_kana_ + family_as_given_kana_;
      const float share = std::exp2(weights.m(field, order_reversed));
      return std::log2(share + (1 - share) * std::exp2(std::min(20.0F, as_it_stands - turned)));
    }
    case Field::birth_date:
    case Field::age: {
      float u = l == birth_same && field == Field::birth_date ? std::max(birth_, weights.u(field, l))
                                                              : weights.u(field, l);
      if (field == Field::birth_date && l <= birth_near) u = std::min(0.0F, u + births_meant_);
      const bool year_agrees = field == Field::age
                                   ? l <= age_rounded
                                   : l == birth_same || l == birth_month_same || l == birth_year_same;
      if (!year_agrees || !straight) return u;
      return u + (in_kanji(Field::given_name)  ? year_by_kanji_
                  : in_kana(Field::given_name) ? year_by_kana_
                                               : 0);
    }
    default:
      break;
  }
  return weights.u(field, l);
}

// Mirrors log_u and what it calls: the smallest of all their branches.
float ValueFrequencies::least_log_u(const LogWeights& weights, Field field, std::uint8_t l) const {
  using namespace level;
  const float any = weights.u(field, l);
  const float by_year = std::min({0.0F, year_by_kanji_, year_by_kana_});
  switch (field) {
    case Field::family_name:
    case Field::given_name: {
      const bool family = field == Field::family_name;
      const float kanji = family ? std::min(family_kanji_, given_as_family_kanji_)
                                 : std::min(given_kanji_, family_as_given_kanji_);
      const float kana = family ? std::min(family_kana_, given_as_family_kana_)
                                : std::min(given_kana_, family_as_given_kana_);
      if (l == kanji_same) return kanji;
      if (l == kanji_same_kana_differs) return kanji + kLogOfTenth;
      if (l == kana_same_kanji_differs) return kana + kLogOfRest;
      if (l == kana_same) return kana;
      if (l == kanji_reads_alike) return log_share(0, residents_, .001, 200);
      if (l != kanji_near && l != kanji_differs_kana_near && l != kana_near) return any;
      const float log_other =
          l == kanji_near ? (family ? given_kanji_ : family_kanji_) : (family ? given_kana_ : family_kana_);
      const double bearers = residents_ * std::exp2(log_other);
      return std::min(
          any, static_cast<float>(std::log2(kStrengthOfNear * std::exp2(any) / (bearers + kStrengthOfNear))));
    }
    case Field::sex:
      return std::min(any, l == sex_same ? kLogSameSexOfName : kLogOtherSexOfName);
    case Field::address:
      if (l == address_same) return address_;
      if (l == address_same_start) return address_start_;
      if (l == town_same || l == town_same_number_differs) return town_;
      if (l == town_same_number_near) return std::min(address_start_, town_ - 5.0F);
      return any;
    case Field::name_order:
      return l == order_reversed ? weights.m(field, l) : any;
    case Field::birth_date:
      return l == birth_same ? std::max(birth_, any) + by_year : any + by_year;
    case Field::age:
      return any + by_year;
    default:
      return any;
  }
}

Scored score(const LogWeights& weights, const ValueFrequencies& values, const Features& resident,
             std::uint32_t slot, Pattern pattern) {
  Scored scored{slot, resident.household, pattern, 0, 0};
  for (std::size_t f = 0; f < kComparedFields; ++f) {
    const auto field = static_cast<Field>(f);
    if (pattern.level(field) == level::missing) continue;
    const float u = values.log_u(weights, field, pattern, resident);
    scored.log_u += u;
    if (is_shared_by_household(field)) scored.log_u_of_household += u;
  }
  return scored;
}

}  // namespace sonae::link

#include "link/unreached.h"

#include <algorithm>
#include <initializer_list>

#include "link/groups.h"

namespace sonae::link {
namespace {

using namespace level;

constexpr double kYearRightOfSlips = 2.0 / 3;  // the slip is in one of year, month and day

// The share of these levels among those of their group.
double share_of(const Weights& weights, Field field, std::uint8_t group,
                std::initializer_list<std::uint8_t> levels) {
  const auto& of_field = weights.fields[static_cast<std::size_t>(field)];
  double some = 0, all = 0;
  for (std::uint8_t l = 1; l < kLevels[static_cast<std::size_t>(field)]; ++l)
    if (group_of(field, l) == group) all += of_field[l].m;
  for (const std::uint8_t l : levels)
    some += of_field[l].m;
  return all > 0 ? std::min(1.0, some / all) : 0;
}

// Of what is left when the one is not so, the share in which the other is.
double of_rest(double other, double one) {
  return one < 1 ? std::min(1.0, other / (1 - one)) : 0;
}

}  // namespace

Leads::Leads(const Query& row, bool is_crowded) {
  const Features& f = row.features;
  const bool kanji = f.kanji_count > 0;
  const auto set = [&](Bit bit, bool is) { bits_ = static_cast<std::uint16_t>(bits_ | (is ? bit : 0)); };
  set(in_kana, !kanji);
  set(family, !(kanji ? f.family_kanji() : f.family_kana()).empty());
  set(given, !f.given_kanji().empty() || !f.given_kana().empty());
  set(crowded, is_crowded);
  set(whole_birth, f.birth().is_whole());
  set(year, f.year != 0 && !f.birth().is_whole());
  set(age, f.year == 0 && row.age >= 0 && row.age_means == AgeMeans::years);
  set(rough_age, f.year == 0 && row.age >= 0 && row.age_means != AgeMeans::years);
  set(town, f.town != 0 && row.address == AddressKind::here);
  set(number, has(town) && f.numbers[0] != 0);
}

Reached::Reached(const Weights& weights) {
  const auto part = [&](Field field, bool in_kana) -> Part {
    if (in_kana)
      return {share_of(weights, field, 2, {kana_same}),
              share_of(weights, field, 2, {kana_near, kana_confused})};
    return {share_of(weights, field, 1, {kanji_same, kanji_same_kana_differs, kana_same_kanji_differs}),
            share_of(weights, field, 1, {kanji_near, kanji_confused, kanji_differs_kana_near})};
  };
  family_ = {part(Field::family_name, false), part(Field::family_name, true)};
  given_ = {part(Field::given_name, false), part(Field::given_name, true)};
  birth_ = share_of(weights, Field::birth_date, 1, {birth_same});
  year_of_other_birth_ = of_rest(
      share_of(weights, Field::birth_date, 1, {birth_exchanged}) +
          kYearRightOfSlips * share_of(weights, Field::birth_date, 1, {birth_one_part_differs, birth_near}),
      birth_);
  year_ = weights.fields[static_cast<std::size_t>(Field::birth_date)][birth_year_same].m;
  age_ = share_of(weights, Field::age, 1, {age_same, age_off_by_one});
  rough_age_ = share_of(weights, Field::age, 2, {age_within});
  number_ = share_of(weights, Field::address, 1, {address_same, address_same_start});
  town_of_other_number_ = of_rest(
      share_of(weights, Field::address, 1, {town_same_number_near, town_same_number_differs}), number_);
  town_ = share_of(weights, Field::address, 2, {town_same});
}

double Reached::without(Leads leads) const {
  // The lists of birth date and house number find by themselves.
  const double birth = leads.has(Leads::whole_birth) ? birth_ : 0,
               number = leads.has(Leads::number) ? number_ : 0;
  const double year_right = leads.has(Leads::whole_birth) ? year_of_other_birth_
                            : leads.has(Leads::year)      ? year_
                            : leads.has(Leads::age)       ? age_
                            : leads.has(Leads::rough_age) ? rough_age_
                                                          : 0;
  const double town_right = leads.has(Leads::number) ? town_of_other_number_
                            : leads.has(Leads::town) ? town_
                                                     : 0;
  // The name finds as a whole, but for a letter; half of it with the year or the town.
  const Part f = leads.has(Leads::family) ? family_[leads.has(Leads::in_kana)] : Part{};
  const Part g = leads.has(Leads::given) ? given_[leads.has(Leads::in_kana)] : Part{};
  const bool whole = leads.has(Leads::family) && leads.has(Leads::given);
  const double by_whole = f.same * g.same + f.same * g.near + f.near * g.same;
  const double by_half = 1 - (1 - f.same) * (1 - g.same);
  // Where too many have that half a name in that year, the town must be right as well.
  const double half_helps =
      !whole && leads.has(Leads::crowded) ? year_right * town_right : 1 - (1 - year_right) * (1 - town_right);
  return (1 - birth) * (1 - number) * (1 - half_helps * by_half - (1 - half_helps) * by_whole);
}

}  // namespace sonae::link

#include "link/compare.h"

#include <cstdlib>
#include <initializer_list>

#include "link/letters_compare.h"

namespace sonae::link {
namespace {

// Whether two figures are a slip of the pen apart: one digit differs, or two neighbouring are exchanged.
bool one_slip(int one, int other) {
  if (one == other) return false;
  int differing = 0;
  int a = one, b = other;
  while ((a > 0 || b > 0) && differing <= 2) {
    differing += a % 10 != b % 10;
    a /= 10;
    b /= 10;
  }
  if (differing == 1) return true;
  if (differing != 2) return false;
  for (int unit = 1; unit <= 1000; unit *= 10) {
    const int low = one / unit % 10, high = one / unit / 10 % 10;
    if (low != high && one - low * unit - high * unit * 10 + high * unit + low * unit * 10 == other)
      return true;
  }
  return false;
}

// 昭和10年, 平成10年, 令和10年: the same number of another era (1925, 1988, 2018 before the first years; 大正
// 1911).
bool same_year_of_other_era(int one, int other) {
  static constexpr int kBefore[] = {1867, 1911, 1925, 1988, 2018};
  for (const int a : kBefore)
    for (const int b : kBefore)
      if (a != b && one - a == other - b && one > a && other > b) return true;
  return false;
}

bool same_start(const std::uint16_t* one, const std::uint16_t* other) {
  for (int i = 0; i < 4; ++i) {
    if (one[i] == 0 || other[i] == 0) return true;
    if (one[i] != other[i]) return false;
  }
  return true;
}

int age_on(text::PartialDate birth, Date today) {
  const bool had_birthday =
      birth.month < today.month || (birth.month == today.month && birth.day <= today.day);
  return today.year - birth.year - (had_birthday ? 0 : 1);
}

}  // namespace

std::uint8_t compare_name(Letters kanji, Letters kana, Letters other_kanji, Letters other_kana) {
  const bool both_kana = !kana.empty() && !other_kana.empty();
  if (!kanji.empty() && !other_kanji.empty()) {
    if (kanji == other_kanji)
      return both_kana && kana != other_kana && !kana_near(kana, other_kana) ? level::kanji_same_kana_differs
                                                                             : level::kanji_same;
    if (both_kana && kana == other_kana) return level::kana_same_kanji_differs;
    const bool kana_is_near = both_kana && kana_near(kana, other_kana);
    if (kanji_near(kanji, other_kanji) && (!both_kana || kana_is_near)) return level::kanji_near;
    if (kana_is_near) return level::kanji_differs_kana_near;
    if (begins_alike(kanji, other_kanji, kKanjiBits)) return level::kanji_begins_alike;
    return both_kana ? level::kanji_and_kana_differ : level::kanji_differs;
  }
  if (!both_kana) return level::missing;
  if (kana == other_kana) return level::kana_same;
  if (kana_near(kana, other_kana)) return level::kana_near;
  if (begins_alike(kana, other_kana, kKanaBits)) return level::kana_begins_alike;
  return level::kana_differs;
}

std::uint8_t compare_birth(text::PartialDate row, text::PartialDate resident) {
  if (row.is_unknown() || resident.is_unknown()) return level::missing;
  const bool years = row.year && resident.year, months = row.month && resident.month,
             days = row.day && resident.day;
  const bool year = row.year == resident.year, month = row.month == resident.month,
             day = row.day == resident.day;
  if (!(years && months && days)) {
    if (!years && !(months && days)) return level::missing;
    if ((years && !year) || (months && !month) || (days && !day)) return level::birth_known_parts_differ;
    return !years ? level::birth_day_same : months ? level::birth_month_same : level::birth_year_same;
  }
  const int same = year + month + day;
  if (same == 3) return level::birth_same;
  if (year && row.month == resident.day && row.day == resident.month) return level::birth_exchanged;
  if (month && day && same_year_of_other_era(row.year, resident.year)) return level::birth_other_era;
  if (same == 2) {
    const bool slip =
        (year || one_slip(row.year, resident.year) || std::abs(row.year - resident.year) <= 1) &&
        (month || one_slip(row.month, resident.month) || std::abs(row.month - resident.month) <= 1) &&
        (day || one_slip(row.day, resident.day) || std::abs(row.day - resident.day) <= 1);
    return slip ? level::birth_one_part_differs : level::birth_near;
  }
  return level::birth_differs;
}

std::uint8_t compare_age(int age, text::PartialDate birth, Date today) {
  if (age < 0 || birth.year == 0) return level::missing;
  const int real = age_on(birth, today);
  const int difference = age - real;
  if (difference == 0 || (birth.month == 0 && difference == 1)) return level::age_same;
  if (difference == 1 || difference == -1) return level::age_off_by_one;
  if (age >= 20 && age % 5 == 0 && std::abs(difference) <= (age % 10 == 0 ? 5 : 3)) return level::age_rounded;
  if (std::abs(difference) <= 3) return level::age_off_by_few;
  // Of a child's age no figure is left that would be the same.
  const bool two_figures = age >= 10 && real >= 10;
  if (std::abs(difference) == 10 || (two_figures && one_slip(age, real))) return level::age_off_by_ten;
  return level::age_differs;
}

std::uint8_t compare_rough_age(int age, AgeMeans means, text::PartialDate birth, Date today) {
  if (age < 0 || birth.year == 0) return level::missing;
  const int real = age_on(birth, today);
  const YearsMeant meant = years_meant(age, means);
  return real >= meant.youngest && real <= meant.oldest ? level::age_within : level::age_not_within;
}

std::uint8_t compare_address(const Query& row, const Features& resident) {
  const Features& r = row.features;
  if (r.town == 0 || resident.town == 0) return level::missing;
  if (row.address == AddressKind::elsewhere) return level::address_elsewhere;
  const bool numbers = r.numbers[0] && resident.numbers[0];
  if (row.may_be_in(resident.town)) {
    if (!numbers) return level::town_same;
    bool same = true;
    for (int i = 0; i < 4; ++i)
      same &= r.numbers[i] == resident.numbers[i];
    if (same) return level::address_same;
    if (same_start(r.numbers, resident.numbers)) return level::address_same_start;
    // One figure is no slip of another: ３丁目 is not nearly ４丁目.
    const bool slip =
        r.numbers[0] >= 10 && resident.numbers[0] >= 10 && one_slip(r.numbers[0], resident.numbers[0]);
    const bool near = r.numbers[0] == resident.numbers[0] || slip;
    return near ? level::town_same_number_near : level::town_same_number_differs;
  }
  if (!numbers) return level::town_differs;
  return r.numbers[0] == resident.numbers[0] && r.numbers[1] == resident.numbers[1] &&
                 (r.numbers[1] != 0 || r.numbers[0] > 100)
             ? level::number_same_town_differs
             : level::address_differs;
}

std::uint8_t compare_phone(std::uint32_t one, std::uint32_t other) {
  if (one == 0 || other == 0) return level::missing;
  if (one == other) return level::phone_same;
  const bool without_area = one < 10000000 || other < 10000000;
  if (without_area && one % 1000000 == other % 1000000) return level::phone_same;
  return one_slip(static_cast<int>(one), static_cast<int>(other)) ? level::phone_near : level::phone_differs;
}

std::uint8_t compare_code(const Code& code, std::uint16_t other) {
  if (code.hash == 0 || other == 0) return level::missing;
  if (code.unsound) return code.may_mean(other) ? level::code_same_but_slip : level::code_misread;
  return code.hash == other ? level::code_same : level::code_differs;
}

Pattern compare(const Query& row, const RowName& name, const Features& resident, Date today) {
  Pattern pattern;
  const Features& r = row.features;
  const Letters their_family_kanji = resident.family_kanji(), their_given_kanji = resident.given_kanji();
  const Letters their_family_kana = resident.family_kana(), their_given_kana = resident.given_kana();
  std::uint8_t family =
      compare_name(name.family_kanji, name.family_kana, their_family_kanji, their_family_kana);
  std::uint8_t given = compare_name(name.given_kanji, name.given_kana, their_given_kanji, their_given_kana);
  std::uint8_t order = family && given ? level::order_same : level::missing;
  // Where a part is not the same: perhaps the name was only parted at another place, or stands the other way
  // round.
  const auto same = [](std::uint8_t l) { return l == level::kanji_same || l == level::kana_same; };
  if (!same(family) || !same(given)) {
    const auto same_whole = [](Letters one, Letters other) { return one.count > 2 && one == other; };
    const bool kanji_straight =
        r.kanji_family != resident.kanji_family && same_whole(r.all_kanji(), resident.all_kanji());
    const bool kana_straight =
        r.kana_family != resident.kana_family && same_whole(r.all_kana(), resident.all_kana());
    const bool kanji_turned = same_whole(row.turned_kanji, resident.all_kanji());
    const bool kana_turned = same_whole(row.turned_kana, resident.all_kana());
    if (kanji_straight || kana_straight || kanji_turned || kana_turned) {
      const bool kanji = kanji_straight || kanji_turned;
      const bool both_kanji = r.kanji_count > 0 && resident.kanji_count > 0;
      const bool other_reading = r.kana_count > 0 && resident.kana_count > 0 && !kana_straight &&
                                 !kana_turned && r.all_kana() != resident.all_kana() &&
                                 !kana_near(r.all_kana(), resident.all_kana());
      const auto whole = kanji        ? (other_reading ? level::kanji_same_kana_differs : level::kanji_same)
                         : both_kanji ? level::kana_same_kanji_differs
                                      : level::kana_same;
      // A part that agrees in kanji already is not made less by the reading that was parted elsewhere.
      if (kanji || !same(family)) family = whole;
      if (kanji || !same(given)) given = whole;
      order = kanji_straight || (!kanji_turned && kana_straight) ? level::order_same : level::order_reversed;
    }
  }
  // Kanji against a name that has none at all and another reading is not given: a foreign name in Latin
  // letters or kana. Not the same person's, unless the row's other names say so.
  if (family == level::missing && given == level::missing && r.kanji_count > 0 && resident.kanji_count == 0 &&
      resident.kana_count > 0)
    family = given = level::kanji_differs;
  pattern.set(Field::family_name, family);
  pattern.set(Field::given_name, given);
  pattern.set(Field::name_order, order);
  const bool only_age = (resident.flags & Features::year_from_age) != 0;
  const std::uint8_t birth = only_age ? level::missing : compare_birth(r.birth(), resident.birth());
  pattern.set(Field::birth_date, birth);
  if (birth == level::missing) {
    const bool from_birth = only_age && row.age < 0 && r.year > 0;
    pattern.set(Field::age,
                row.age_means == AgeMeans::years
                    ? compare_age(from_birth ? age_on(r.birth(), today) : row.age, resident.birth(), today)
                    : compare_rough_age(row.age, row.age_means, resident.birth(), today));
  }
  if (r.sex && resident.sex)
    pattern.set(Field::sex, r.sex == resident.sex ? level::sex_same : level::sex_differs);
  pattern.set(Field::address, compare_address(row, resident));
  pattern.set(Field::phone, compare_phone(r.phone, resident.phone));
  pattern.set(Field::code, compare_code(row.code, resident.code));
  return pattern;
}

}  // namespace sonae::link

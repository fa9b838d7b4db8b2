// One person as 64 bytes, one cache line: what comparing and the posting lists need, and nothing else.
//
// Kana are kept as one byte each, kanji as one UTF-16 unit each, both folded (text/fold.h), family name
// first. What does not fit (more than 16 kana, 8 kanji) is cut off alike on both sides of a comparison.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "link/code.h"
#include "link/record.h"

namespace sonae::link {

using Packed = unsigned __int128;  // up to 16 kana or 8 kanji, the first in the lowest bits

inline constexpr unsigned kKanaBits = 8;
inline constexpr unsigned kKanjiBits = 16;

inline Packed low_bits(unsigned bits) {
  return bits >= 128 ? ~Packed{0} : (Packed{1} << bits) - 1;
}

// A run of kana or kanji.
struct Letters {
  Packed packed = 0;
  std::uint8_t count = 0;
  bool empty() const { return count == 0; }
  friend bool operator==(const Letters&, const Letters&) = default;
};

// A word as letters; what is over the limit is cut off.
Letters kana_letters(std::string_view folded_kana);
Letters kanji_letters(std::string_view folded_name);
Letters joined(Letters first, Letters second, unsigned bits_per_letter);
Letters slice(Letters letters, unsigned from, unsigned count, unsigned bits_per_letter);

struct alignas(64) Features {
  enum Flag : std::uint8_t {
    alias = 1,         // another name of the resident in the slot before it
    kana_unsplit = 2,  // where the family name ends is not known
    kanji_unsplit = 4,
    year_from_age = 8,  // no birth date was given: the year is what the age makes it, give or take one
  };

  Packed kana = 0;
  Packed kanji = 0;
  std::uint32_t town = 0;         // hash of the town's full name (places.h); 0: not known
  std::uint16_t numbers[4] = {};  // 丁目, 番地, 号 as far as given, then zeros
  std::uint32_t phone = 0;        // the last nine digits; 0: none
  std::uint32_t household = 0;    // hash of the household's id; 0: not known
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;
  std::uint8_t kana_count = 0;
  std::uint8_t kana_family = 0;  // how many of the kana are the family name
  std::uint8_t kanji_count = 0;
  std::uint8_t kanji_family = 0;
  std::uint8_t sex = 0;
  std::uint8_t flags = 0;
  std::uint16_t code = 0;  // 16 bits of its hash (code.h); 0: none

  Letters family_kana() const { return {kana & low_bits(kKanaBits * kana_family), kana_family}; }
  Letters given_kana() const {
    return {kana_family >= 16 ? 0 : kana >> (kKanaBits * kana_family),
            static_cast<std::uint8_t>(kana_count - kana_family)};
  }
  Letters family_kanji() const { return {kanji & low_bits(kKanjiBits * kanji_family), kanji_family}; }
  Letters given_kanji() const {
    return {kanji_family >= 8 ? 0 : kanji >> (kKanjiBits * kanji_family),
            static_cast<std::uint8_t>(kanji_count - kanji_family)};
  }
  Letters all_kana() const { return {kana, kana_count}; }
  Letters all_kanji() const { return {kanji, kanji_count}; }
  text::PartialDate birth() const { return {year, month, day}; }

  void set_kana(Letters family, Letters given);
  void set_kanji(Letters family, Letters given);
};
static_assert(sizeof(Features) == 64);

// What a row's address says by itself, whoever it is compared with.
enum class AddressKind : std::uint8_t {
  none,
  here,       // in a town of the registry
  elsewhere,  // in a municipality that the registry does not have
  unclear,    // given, and not found
};
inline constexpr std::size_t kAddressKinds = 4;

// Of what ages a row may speak that says about how old somebody is: 70代 is 70 to 79, 約70 65 to 75; where
// 70 stands for either of the two, both.
struct YearsMeant {
  int youngest, oldest;
};
constexpr YearsMeant years_meant(int age, AgeMeans means) {
  if (means == AgeMeans::years) return {age, age};
  if (means == AgeMeans::decade) return {age, age + 9};
  return {std::max(0, age - 5), age + (age % 10 == 0 ? 9 : 5)};
}

// What a row asks for: features, and what a resident does not have.
struct Query {
  Features features;
  std::int16_t age = -1;  // full years; -1: not given
  AgeMeans age_means = AgeMeans::years;
  std::uint8_t births_meant = 1;  // the birth date is one of so many that were tried (Record::other_births)
  Code code;
  AddressKind address = AddressKind::none;
  // Further towns that the address may mean: 本町 of two municipalities where the row names neither.
  std::array<std::uint32_t, 2> other_towns{};
  Letters turned_kana, turned_kanji;  // the given name before the family name

  // Calls visit(town) for each that the address may mean.
  template <class Visit>
  void for_each_town(Visit&& visit) const {
    if (features.town != 0) visit(features.town);
    for (const std::uint32_t town : other_towns)
      if (town != 0) visit(town);
  }
  bool may_be_in(std::uint32_t town) const {
    return town == features.town ||
           (other_towns[0] != 0 && (town == other_towns[0] || town == other_towns[1]));
  }
};

}  // namespace sonae::link

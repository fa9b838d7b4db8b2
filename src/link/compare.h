// Compares a row with a resident, field by field, into a pattern of levels. The innermost loop of linkage.
#pragma once

#include "link/features.h"
#include "link/patterns.h"

namespace sonae::link {

// A row's name, taken apart once for all its candidates.
struct RowName {
  explicit RowName(const Features& f)
      : family_kanji(f.family_kanji()),
        given_kanji(f.given_kanji()),
        family_kana(f.family_kana()),
        given_kana(f.given_kana()) {}
  Letters family_kanji, given_kanji, family_kana, given_kana;
};

// `today` as of which the row's age is meant.
Pattern compare(const Query& row, const RowName& name, const Features& resident, Date today);
inline Pattern compare(const Query& row, const Features& resident, Date today) {
  return compare(row, RowName(row.features), resident, today);
}

// One by one, for tests and for whoever wants to know.
std::uint8_t compare_name(Letters kanji, Letters kana, Letters other_kanji, Letters other_kana);
std::uint8_t compare_birth(text::PartialDate row, text::PartialDate resident);
std::uint8_t compare_age(int age, text::PartialDate birth, Date today);
std::uint8_t compare_rough_age(int age, AgeMeans means, text::PartialDate birth, Date today);
std::uint8_t compare_address(const Query& row, const Features& resident);
std::uint8_t compare_phone(std::uint32_t one, std::uint32_t other);
std::uint8_t compare_code(const Code& code, std::uint16_t other);

}  // namespace sonae::link

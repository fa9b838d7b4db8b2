// The fields that two records are compared by, and the levels of agreement in each.
//
// A level says how far two values agree; what that is worth is not said here but learned (weights.h). Level 0
// is always "nothing to compare" and weighs nothing. Parts of a name are compared over kanji and reading
// together, since the two are not independent.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sonae::link {

enum class Field : std::uint8_t {
  family_name,
  given_name,
  name_order,  // whether family and given name stand the other way round
  birth_date,
  age,
  sex,
  address,
  phone,
  code,
  household,  // not compared pair by pair: what the rows beside it say (household.h)
};
inline constexpr std::size_t kComparedFields = 9;  // all but household

namespace level {
inline constexpr std::uint8_t missing = 0;  // of every field

// family_name, given_name: where both have kanji (1 to 7, 12, 13, 15), and where there is only kana (8 to 11,
// 14)
inline constexpr std::uint8_t kanji_same = 1;
inline constexpr std::uint8_t kanji_same_kana_differs = 2;
inline constexpr std::uint8_t kana_same_kanji_differs = 3;  // 弘 for 博: written by ear
inline constexpr std::uint8_t kanji_near = 4;               // one character of several differs
inline constexpr std::uint8_t kanji_differs_kana_near = 5;  // and one kana differs, too
inline constexpr std::uint8_t kanji_begins_alike = 6;       // the beginning of the name
inline constexpr std::uint8_t kanji_differs = 7;
inline constexpr std::uint8_t kana_same = 8;
inline constexpr std::uint8_t kana_near = 9;           // one kana differs, is missing or too many
inline constexpr std::uint8_t kana_begins_alike = 10;  // a nickname
inline constexpr std::uint8_t kana_differs = 11;
inline constexpr std::uint8_t kanji_and_kana_differ = 12;
inline constexpr std::uint8_t kanji_confused = 13;     // one differs, by one that is taken for it: 斎 and 斉
inline constexpr std::uint8_t kana_confused = 14;      // the same of kana: ソ and ン
inline constexpr std::uint8_t kanji_reads_alike = 15;  // no reading given, but such kanji are read so

// name_order
inline constexpr std::uint8_t order_same = 1;
inline constexpr std::uint8_t order_reversed = 2;

// birth_date
inline constexpr std::uint8_t birth_same = 1;
inline constexpr std::uint8_t birth_month_same = 2;        // year and month; the day is not known
inline constexpr std::uint8_t birth_year_same = 3;         // the year; the rest is not known
inline constexpr std::uint8_t birth_day_same = 4;          // month and day; the year is not known
inline constexpr std::uint8_t birth_one_part_differs = 5;  // year, month or day by a slip of the pen
inline constexpr std::uint8_t birth_exchanged = 6;         // month and day exchanged
inline constexpr std::uint8_t birth_other_era = 7;         // the same year number of another era
inline constexpr std::uint8_t birth_near = 8;              // two of three parts
inline constexpr std::uint8_t birth_differs = 9;
inline constexpr std::uint8_t birth_known_parts_differ = 10;  // where one side is not whole

// age: where the row gives years (1 to 6), and where it says about how many (7, 8)
inline constexpr std::uint8_t age_same = 1;
inline constexpr std::uint8_t age_off_by_one = 2;
inline constexpr std::uint8_t age_off_by_few = 3;  // two or three years
inline constexpr std::uint8_t age_rounded = 4;     // "70" for 67 to 73
inline constexpr std::uint8_t age_off_by_ten = 5;  // one digit of the age differs
inline constexpr std::uint8_t age_differs = 6;
inline constexpr std::uint8_t age_within = 7;  // "70代", "約70": one of the years that it means
inline constexpr std::uint8_t age_not_within = 8;

// sex
inline constexpr std::uint8_t sex_same = 1;
inline constexpr std::uint8_t sex_differs = 2;

// address: where both have numbers (1 to 7) and where one has the town only (8, 9)
inline constexpr std::uint8_t address_same = 1;        // town and all numbers
inline constexpr std::uint8_t address_same_start = 2;  // town and the first number; one side is shorter
inline constexpr std::uint8_t town_same_number_near = 3;
inline constexpr std::uint8_t town_same_number_differs = 4;
inline constexpr std::uint8_t number_same_town_differs = 5;
inline constexpr std::uint8_t address_differs = 6;
inline constexpr std::uint8_t address_elsewhere = 7;  // in another municipality
inline constexpr std::uint8_t town_same = 8;
inline constexpr std::uint8_t town_differs = 9;

// phone
inline constexpr std::uint8_t phone_same = 1;
inline constexpr std::uint8_t phone_near = 2;  // one digit differs or two are exchanged
inline constexpr std::uint8_t phone_differs = 3;
inline constexpr std::uint8_t phone_of_household = 4;  // somebody's who lives with the resident

// code: where the row's check digit fits or it has none (1, 2), and where it fails (3, 4)
inline constexpr std::uint8_t code_same = 1;
inline constexpr std::uint8_t code_differs = 2;
inline constexpr std::uint8_t code_same_but_slip = 3;  // one figure wrong makes it the resident's
inline constexpr std::uint8_t code_misread = 4;        // it tells nothing then, but hardly the resident's

// household
inline constexpr std::uint8_t household_beside = 1;   // somebody else of it is on a row near
inline constexpr std::uint8_t household_missing = 2;  // nobody else of it is
inline constexpr std::uint8_t household_written = 3;  // the resident is already on a row near
}  // namespace level

// How many levels a field has, the missing one included.
inline constexpr std::array<std::uint8_t, kComparedFields> kLevels = {16, 16, 3, 11, 9, 3, 10, 5, 5};

std::string_view name_of(Field field);  // stable, for files: "family_name"

}  // namespace sonae::link

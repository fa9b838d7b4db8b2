// Dates as people write them: eras (元号) in kanji, letters or one character (㍻), 元年, kanji numerals, full
// and half width, eight digits; whole, partial (年のみ) and unknown (不詳). What was written is kept beside
// what was understood.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace sonae::text {

// A date of which parts may be unknown: an absent part is 0. A day is known only with its month; a
// month and day without the year occur too ("3月3日生").
struct PartialDate {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;

  bool is_unknown() const { return year == 0 && month == 0 && day == 0; }
  bool is_whole() const { return year != 0 && month != 0 && day != 0; }
  std::optional<Date> whole() const;
  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

// ISO order with absent parts as zeros: "1948-03-00".
std::string to_text(PartialDate date);
Result<PartialDate> parse_partial_text(std::string_view text);

// Whether there can be such a date: an absent part is 0, a day needs its month, and days of the lunar
// calendar (before 1873) are as the lunar calendar had them.
bool is_possible(int year, int month, int day);

struct ParsedDate {
  PartialDate date;
  bool era_and_year_disagree =
      false;                    // the era had not begun or had ended on that day: kept, worth a question
  bool two_digit_year = false;  // "48.3.11" without an era: the century was guessed
  bool about = false;           // 頃, 約, 推定
};

// What a person wrote as a date. `today` settles two-digit years. invalid_input where nothing can be made of
// it or there is no such day; an empty or 不詳/不明 text is a date of which all is unknown.
Result<ParsedDate> parse_date(std::string_view written, Date today);

// Full years of age on that day (満年齢; the birthday counts). A person born on 29 February has the birthday
// on 1 March in other years in daily use; the law (年齢計算ニ関スル法律) counts from the day before: `age_on`
// follows daily use.
int age_on(Date birth, Date day);

// The ages that are possible where parts of the birth date are unknown; absent where the year is.
struct AgeRange {
  int least;
  int most;
};
std::optional<AgeRange> ages_on(PartialDate birth, Date day);

// "昭和23年3月11日", for people; unknown parts as 不詳.
std::string to_japanese_era(PartialDate date);

}  // namespace sonae::text

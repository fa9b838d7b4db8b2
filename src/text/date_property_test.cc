#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "text/date.h"
#include "text/era.h"
#include "text/utf8.h"

using namespace sonae;
using namespace sonae::text;

namespace {

constexpr Date kToday{2026, 11, 21};

std::string full_width(const std::string& text) {
  std::string wide;
  for (const char c : text)
    append_utf8(wide, c >= '!' && c <= '~' ? char32_t(c) + 0xFEE0 : char32_t(c));
  return wide;
}

// 0 to 99 as kanji with 十, or digit by digit.
std::string kanji(int number, bool positional) {
  static const std::string kDigits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  if (positional) return (number >= 10 ? kDigits[number / 10] : "") + kDigits[number % 10];
  const int tens = number / 10;
  const int ones = number % 10;
  return (tens == 0   ? ""
          : tens == 1 ? "十"
                      : kDigits[tens] + "十") +
         (ones == 0 && tens > 0 ? "" : kDigits[ones]);
}

// All the ways in which a whole date is written.
std::vector<std::string> notations(Date date, const Era& era) {
  const int year = date.year - era.first.year + 1;
  const int month = date.month;
  const int day = date.day;
  const std::string name = to_utf8(era.name);
  std::string first;
  append_utf8(first, era.name.front());
  std::string letter;
  append_utf8(letter, era.letter);
  std::string small;
  append_utf8(small, era.letter + 0x20);
  std::string ligature;
  append_utf8(ligature, era.ligature);
  std::vector<std::string> all = {
      fmt::format("{}{}年{}月{}日", name, year, month, day),
      fmt::format("{} {}年 {}月 {}日", name, year, month, day),
      fmt::format("{}{:02}年{:02}月{:02}日", name, year, month, day),
      fmt::format("{}{}.{}.{}", letter, year, month, day),
      fmt::format("{}{}/{}/{}", small, year, month, day),
      fmt::format("{}{:02}-{:02}-{:02}", letter, year, month, day),
      fmt::format("{}{}・{}・{}", ligature, year, month, day),
      fmt::format("{}{}.{}.{}", first, year, month, day),
      fmt::format("{}{:02}{:02}{:02}", letter, year, month, day),
      fmt::format("{}{:02}{:02}{:02}", name, year, month, day),
      fmt::format("{}{:02}{:02}{:02}", era.code, year, month, day),
      full_width(fmt::format("{}{}.{}.{}", letter, year, month, day)),
      name + kanji(year, false) + "年" + kanji(month, false) + "月" + kanji(day, false) + "日",
      name + kanji(year, true) + "年" + kanji(month, true) + "月" + kanji(day, true) + "日",
      fmt::format("{}年{}月{}日", date.year, month, day),
      fmt::format("{:04}{:02}{:02}", date.year, month, day),
      fmt::format("{}-{:02}-{:02}", date.year, month, day),
      fmt::format("{}/{}/{}", date.year, month, day),
      fmt::format("{}.{}.{}", date.year, month, day),
      full_width(fmt::format("{}/{:02}/{:02}", date.year, month, day)),
      fmt::format("{}年（{}{}年）{}月{}日", date.year, name, year, month, day),
      fmt::format("{}/{}/{} 0:00", date.year, month, day),
      to_iso(date),
      to_japanese_era({date.year, date.month, date.day}),
  };
  if (year == 1) {
    all.push_back(fmt::format("{}元年{}月{}日", name, month, day));
    all.push_back(fmt::format("{}元.{}.{}", name, month, day));
  }
  if (year == 20) all.push_back(name + "廿年" + kanji(month, false) + "月" + kanji(day, false) + "日");
  if (year > 20 && year < 30)
    all.push_back(name + "廿" + kanji(year % 10, true) + "年" + kanji(month, false) + "月" +
                  kanji(day, false) + "日");
  return all;
}

}  // namespace

TEST_CASE("every day since 1873 comes back from every notation") {
  std::uint64_t read = 0;
  std::uint64_t wrong = 0;
  std::string first_wrong;
  for (std::int32_t day = days_since_epoch({1873, 1, 1}); day <= days_since_epoch(kToday); ++day) {
    const Date date = date_of_days(day);
    for (const std::string& written : notations(date, era_of_day(date))) {
      const auto parsed = parse_date(written, kToday);
      ++read;
      const bool right = parsed && parsed->date == PartialDate{date.year, date.month, date.day} &&
                         !parsed->era_and_year_disagree && !parsed->two_digit_year;
      if (right) continue;
      if (wrong++ == 0) first_wrong = written;
    }
  }
  CAPTURE(first_wrong);
  CHECK(read > 1'000'000);
  CHECK(wrong == 0);
}

TEST_CASE("partial dates come back from what is printed of them") {
  for (int year = 1850; year <= 2026; ++year)
    for (int month = 0; month <= 12; ++month) {
      const PartialDate date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month), 0};
      const auto parsed = parse_date(to_japanese_era(date), kToday);
      REQUIRE(parsed);
      CHECK(parsed->date == date);
      CHECK_FALSE(parsed->era_and_year_disagree);
      CHECK(*parse_partial_text(to_text(date)) == date);
    }
}

TEST_CASE("ages only grow") {
  for (const Date birth : {Date{1948, 3, 11}, Date{2000, 2, 29}, Date{1999, 12, 31}}) {
    int last = age_on(birth, birth);
    CHECK(last == 0);
    for (std::int32_t day = days_since_epoch(birth); day < days_since_epoch(birth) + 4000; ++day) {
      const int age = age_on(birth, date_of_days(day));
      CHECK((age == last || age == last + 1));
      const auto range = ages_on({birth.year, birth.month, 0}, date_of_days(day));
      CHECK((range->least <= age && age <= range->most));
      last = age;
    }
  }
}

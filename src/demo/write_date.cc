#include <array>

#include <fmt/format.h>

#include "demo/hand.h"

namespace sonae::demo {

namespace {

struct Era {
  text::PartialDate first;
  std::string_view name, letter, short_name;
};
constexpr std::array kEras = {
    Era{{2019, 5, 1}, "令和", "R", "令"},   Era{{1989, 1, 8}, "平成", "H", "平"},
    Era{{1926, 12, 25}, "昭和", "S", "昭"}, Era{{1912, 7, 30}, "大正", "T", "大"},
    Era{{1868, 1, 25}, "明治", "M", "明"},
};

const Era& era_of(text::PartialDate date) {
  for (const Era& era : kEras)
    if (era.first <= date) return era;
  return kEras.back();
}

}  // namespace

std::string kanji_number(int number) {
  static constexpr std::array kDigits = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  std::string text;
  const auto put = [&](int digit, std::string_view unit) {
    if (digit == 0) return;
    if (digit > 1 || unit.empty()) text += kDigits[static_cast<std::size_t>(digit)];
    text += unit;
  };
  put(number / 1000, "千");
  put(number / 100 % 10, "百");
  put(number / 10 % 10, "十");
  put(number % 10, "");
  return text;
}

std::string write_date(text::PartialDate date, DateStyle style) {
  // A date whose parts are not all known takes the middle of what is possible to find its era.
  const text::PartialDate known{date.year, date.month == 0 ? std::uint8_t{7} : date.month,
                                date.day == 0 ? std::uint8_t{1} : date.day};
  const Era& era = era_of(known);
  const int year = date.year - era.first.year + 1;
  if (!date.is_whole()) {
    std::string text = fmt::format("{}{}年", era.name, year);
    if (date.month != 0) text += fmt::format("{}月", date.month);
    return text;
  }
  switch (style) {
    case DateStyle::iso:
      return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    case DateStyle::slashes:
      return fmt::format("{}/{}/{}", date.year, date.month, date.day);
    case DateStyle::eight_digits:
      return fmt::format("{:04}{:02}{:02}", date.year, date.month, date.day);
    case DateStyle::era_kanji:
      if (year == 1) return fmt::format("{}元年{}月{}日", era.name, date.month, date.day);
      return fmt::format("{}{}年{}月{}日", era.name, year, date.month, date.day);
    case DateStyle::era_letter:
      return fmt::format("{}{}.{}.{}", era.letter, year, date.month, date.day);
    case DateStyle::era_short:
      return fmt::format("{}{}.{}.{}", era.short_name, year, date.month, date.day);
    case DateStyle::kanji_numerals:
      return fmt::format("{}{}年{}月{}日", era.name, year == 1 ? "元" : kanji_number(year),
                         kanji_number(date.month), kanji_number(date.day));
    case DateStyle::no_era:
      return fmt::format("{}.{}.{}", year, date.month, date.day);
  }
  return {};
}

}  // namespace sonae::demo

#include "town/registry/date_cell.h"

#include <fmt/format.h>

#include <cstdlib>

#include "text/era.h"
#include "text/utf8.h"

namespace sonae::registry {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits)
    value = value * 10 + (c - '0');
  return value;
}

// 1948-03-11, 1948/03/11 and 19480311 without the general reader: nearly all cells of nearly all files.
std::optional<text::PartialDate> read_plain(std::string_view cell) {
  std::string_view year, month, day;
  if (cell.size() == 10 && (cell[4] == '-' || cell[4] == '/') && cell[7] == cell[4]) {
    year = cell.substr(0, 4), month = cell.substr(5, 2), day = cell.substr(8, 2);
  } else if (cell.size() == 8) {
    year = cell.substr(0, 4), month = cell.substr(4, 2), day = cell.substr(6, 2);
  } else {
    return std::nullopt;
  }
  for (const std::string_view part : {year, month, day})
    for (const char c : part)
      if (!is_digit(c)) return std::nullopt;
  int y = number(year), m = number(month), d = number(day);
  if (y == 9999) y = 0;
  if (m == 99) m = 0;
  if (d == 99) d = 0;
  if (m == 0) d = 0;
  return text::PartialDate{static_cast<std::int16_t>(y), static_cast<std::uint8_t>(m),
                           static_cast<std::uint8_t>(d)};
}

void forget_parts(text::PartialDate& date, std::string_view unknown) {
  if (unknown == "day" || unknown == "month_day" || unknown == "all") date.day = 0;
  if (unknown == "month_day" || unknown == "all") date.month = 0;
  if (unknown == "year" || unknown == "all") date.year = 0;
}

std::unexpected<Error> not_a_date() {
  return fail(ErrorCode::invalid_input, {"日付として読めません", "This cannot be read as a date"});
}

}  // namespace

Result<text::ParsedDate> read_date_cell(std::string_view cell, std::string_view era, std::string_view unknown,
                                        Date today) {
  text::ParsedDate read;
  if (const auto plain = read_plain(cell)) {
    if (!text::is_possible(plain->year, plain->month, plain->day)) return not_a_date();
    read.date = *plain;
  } else if (!era.empty() && is_digit(cell.front())) {
    // Years of the era: 230311, 23.3.11. The general reader knows the days on which eras changed.
    read = TRY(text::parse_date(std::string(era) + std::string(cell), today));
  } else {
    read = TRY(text::parse_date(cell, today));
  }
  forget_parts(read.date, unknown);
  return read;
}

void write_partial_date(text::PartialDate date, char* to) {
  const auto digits = [&](std::size_t at, int value, int count) {
    for (int i = count - 1; i >= 0; --i, value /= 10)
      to[at + static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
  };
  digits(0, date.year, 4);
  to[4] = '-';
  digits(5, date.month, 2);
  to[7] = '-';
  digits(8, date.day, 2);
}

std::string era_of(std::string_view canonical) {
  const auto date = text::parse_partial_text(canonical);
  if (!date || date->year == 0) return {};
  const auto whole = date->whole();
  const text::Era& era = text::era_of_day(
      whole ? *whole : Date{date->year, date->month != 0 ? date->month : std::uint8_t{7}, 15});
  return text::to_utf8(era.name);
}

std::string date_cell(std::string_view canonical, DateNotation notation) {
  const auto date = text::parse_partial_text(canonical);
  if (!date) return {};
  switch (notation) {
    case DateNotation::iso:
      return std::string(canonical);
    case DateNotation::yyyymmdd:
      return fmt::format("{:04}{:02}{:02}", date->year, date->month, date->day);
    case DateNotation::slash:
      return fmt::format("{:04}/{:02}/{:02}", date->year, date->month, date->day);
    case DateNotation::japanese:
      return text::to_japanese_era(*date);
    case DateNotation::yymmdd: {
      if (date->year == 0) return {};
      const auto whole = date->whole();
      const text::Era& era = text::era_of_day(
          whole ? *whole : Date{date->year, date->month != 0 ? date->month : std::uint8_t{7}, 15});
      return fmt::format("{:02}{:02}{:02}", date->year - era.first.year + 1, date->month, date->day);
    }
  }
  return {};
}

}  // namespace sonae::registry

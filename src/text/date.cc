#include "text/date.h"

#include <fmt/compile.h>

#include <algorithm>

#include "text/era.h"
#include "text/utf8.h"

namespace sonae::text {

std::optional<Date> PartialDate::whole() const {
  if (!is_whole()) return std::nullopt;
  const auto day_of_calendar = Date::of(year, month, day);
  if (!day_of_calendar) return std::nullopt;
  return *day_of_calendar;
}

std::string to_text(PartialDate date) {
  return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}"), date.year, date.month, date.day);
}

Result<PartialDate> parse_partial_text(std::string_view text) {
  const auto bad = [] {
    return fail(ErrorCode::invalid_input,
                {"日付として読めません（例 1948-03-00）", "This is not a date (expected 1948-03-00)"});
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad();
  int parts[3] = {0, 0, 0};
  for (std::size_t i = 0, part = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) {
      ++part;
    } else if (text[i] >= '0' && text[i] <= '9') {
      parts[part] = parts[part] * 10 + (text[i] - '0');
    } else {
      return bad();
    }
  }
  if (!is_possible(parts[0], parts[1], parts[2])) return bad();
  return PartialDate{static_cast<std::int16_t>(parts[0]), static_cast<std::uint8_t>(parts[1]),
                     static_cast<std::uint8_t>(parts[2])};
}

bool is_possible(int year, int month, int day) {
  if (year < 0 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31) return false;
  if (day != 0 && month == 0) return false;
  if (day == 0) return true;
  // The lunar calendar, in use to the end of 1872, had months of 29 and 30 days.
  if (year != 0 && year < 1873 && day <= 30) return true;
  return Date::of(year == 0 ? 2000 : year, month, day).has_value();  // 2000: 29 February may be meant
}

int age_on(Date birth, Date day) {
  const bool had_birthday = day.month > birth.month || (day.month == birth.month && day.day >= birth.day);
  return day.year - birth.year - (had_birthday ? 0 : 1);
}

std::optional<AgeRange> ages_on(PartialDate birth, Date day) {
  if (birth.year == 0) return std::nullopt;
  const auto age_if = [&](std::uint8_t month, std::uint8_t date) {
    return age_on({birth.year, birth.month != 0 ? birth.month : month, birth.day != 0 ? birth.day : date},
                  day);
  };
  const int most = age_if(1, 1);
  return AgeRange{std::min(std::max(age_if(12, 31), 0), std::max(most, 0)), std::max(most, 0)};
}

std::string to_japanese_era(PartialDate date) {
  if (date.is_unknown()) return "年月日不詳";
  std::string text;
  if (date.year == 0) {
    text = "年不詳";
  } else {
    // Where a part is unknown, the era is the one that most days of that year or month have.
    const Date around{date.year, date.month != 0 ? date.month : std::uint8_t{7},
                      date.day != 0     ? date.day
                      : date.month != 0 ? std::uint8_t{15}
                                        : std::uint8_t{1}};
    const Era& era = era_of_day(around);
    const int year = date.year - era.first.year + 1;
    text = to_utf8(era.name) + (year == 1 ? "元" : std::to_string(year)) + "年";
  }
  if (date.month == 0) return text + "月日不詳";
  text += std::to_string(date.month) + "月";
  return date.day == 0 ? text + "日不詳" : text + std::to_string(date.day) + "日";
}

}  // namespace sonae::text

#include "base/time.h"

#include <fmt/compile.h>

#include <charconv>
#include <chrono>
#include <optional>

namespace sonae {

namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kJapanOffset = 9 * 3'600'000;

struct Parts {
  Date date;
  int hour, minute, second, millisecond;
};

Parts parts_of(std::int64_t milliseconds) {
  std::int64_t days = milliseconds / kDay;
  std::int64_t rest = milliseconds % kDay;
  if (rest < 0) rest += kDay, --days;
  return {date_of_days(static_cast<std::int32_t>(days)), static_cast<int>(rest / 3'600'000),
          static_cast<int>(rest / 60'000 % 60), static_cast<int>(rest / 1000 % 60),
          static_cast<int>(rest % 1000)};
}

std::unexpected<Error> not_a_time() {
  return fail(ErrorCode::invalid_input, {"日時として読めません（例 2026-11-20T09:00:00+09:00）",
                                         "This is not a time (expected 2026-11-20T09:00:00+09:00)"});
}

// The number that stands in exactly these digits.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string to_rfc3339(Instant instant) {
  const Parts p = parts_of(instant.milliseconds);
  return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z"), p.date.year, p.date.month,
                     p.date.day, p.hour, p.minute, p.second, p.millisecond);
}

std::string to_japan_time(Instant instant) {
  const Parts p = parts_of(instant.milliseconds + kJapanOffset);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", p.date.year, p.date.month, p.date.day, p.hour,
                     p.minute, p.second);
}

Result<Instant> parse_rfc3339(std::string_view text) {
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return not_a_time();
  if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't' && text[10] != ' ') ||
      text[13] != ':' || text[16] != ':' || *hour > 23 || *minute > 59 || *second > 60)
    return not_a_time();
  const Date date = TRY(Date::of(*year, *month, *day));
  std::size_t at = 19;
  int millisecond = 0;
  if (at < text.size() && text[at] == '.') {
    int scale = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
      millisecond += (text[at] - '0') * scale;
  }
  std::int64_t offset = 0;
  if (at + 1 == text.size() && (text[at] == 'Z' || text[at] == 'z')) {
    offset = 0;
  } else if (at + 6 == text.size() && (text[at] == '+' || text[at] == '-') && text[at + 3] == ':') {
    const auto hours = digits(text, at + 1, 2), minutes = digits(text, at + 4, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return not_a_time();
    offset = (*hours * 60 + *minutes) * 60'000LL * (text[at] == '-' ? -1 : 1);
  } else {
    return not_a_time();
  }
  return Instant{days_since_epoch(date) * kDay + *hour * 3'600'000LL + *minute * 60'000LL + *second * 1000LL +
                 millisecond - offset};
}

Result<Date> Date::of(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (year < 1 || year > 9999 || month < 1 || day < 1 || !date.ok())
    return fail(ErrorCode::invalid_input, {"暦にない日付です", "There is no such day"});
  return Date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
              static_cast<std::uint8_t>(day)};
}

std::string to_iso(Date date) {
  return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}"), date.year, date.month, date.day);
}

Result<Date> parse_iso_date(std::string_view text) {
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !year || !month || !day)
    return fail(ErrorCode::invalid_input,
                {"日付として読めません（例 2026-11-20）", "This is not a date (expected 2026-11-20)"});
  return Date::of(*year, *month, *day);
}

std::int32_t days_since_epoch(Date date) {
  const std::chrono::sys_days days = std::chrono::year_month_day{
      std::chrono::year{date.year}, std::chrono::month{date.month}, std::chrono::day{date.day}};
  return static_cast<std::int32_t>(days.time_since_epoch().count());
}

Date date_of_days(std::int32_t days) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  return {static_cast<std::int16_t>(static_cast<int>(date.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
}

Date japan_date(Instant instant) {
  return parts_of(instant.milliseconds + kJapanOffset).date;
}

Instant start_of_japan_day(Date date) {
  return Instant{days_since_epoch(date) * kDay - kJapanOffset};
}

std::string to_text(HybridTime time) {
  return fmt::format(FMT_COMPILE("{}+{:04}"), to_rfc3339(time.wall), time.counter);
}

Result<HybridTime> parse_hybrid_time(std::string_view text) {
  const std::size_t plus = text.rfind('+');
  HybridTime time;
  if (plus == std::string_view::npos) return not_a_time();
  const std::string_view counter = text.substr(plus + 1);
  const auto [end, error] = std::from_chars(counter.data(), counter.data() + counter.size(), time.counter);
  if (counter.size() < 4 || error != std::errc{} || end != counter.data() + counter.size())
    return not_a_time();
  time.wall = TRY(parse_rfc3339(text.substr(0, plus)));
  return time;
}

}  // namespace sonae

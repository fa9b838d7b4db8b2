#include "vault/schedule.h"

#include <algorithm>
#include <charconv>

namespace sonae::vault {

namespace {

constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr std::int64_t kLongest = 400 * kDay;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

}  // namespace

Result<std::int64_t> parse_duration(std::string_view text) {
  const char unit = text.empty() ? ' ' : text.back();
  const std::int64_t one = unit == 'm' ? kMinute : unit == 'h' ? kHour : unit == 'd' ? kDay : 0;
  const auto count = one == 0 ? std::nullopt : whole_number(text.substr(0, text.size() - 1));
  if (!count || *count == 0 || *count > kLongest / one)
    return fail(ErrorCode::invalid_input, {"15m、1h、1d のように書いてください", "write it as 15m, 1h or 1d"},
                std::string(text));
  return *count * one;
}

Result<std::int64_t> parse_time_of_day(std::string_view text) {
  const auto hours = text.size() == 5 && text[2] == ':' ? whole_number(text.substr(0, 2)) : std::nullopt;
  const auto minutes = hours ? whole_number(text.substr(3)) : std::nullopt;
  if (!minutes || *hours > 23 || *minutes > 59)
    return fail(ErrorCode::invalid_input, {"02:30 のように書いてください", "write it as 02:30"},
                std::string(text));
  return *hours * 60 + *minutes;
}

// One run may be missed; the second is late.
Schedule every(std::int64_t milliseconds) {
  return {milliseconds, std::nullopt, 2 * milliseconds + 15 * kMinute};
}
Schedule daily_at(std::int64_t minutes) {
  return {0, minutes, 26 * kHour};
}

Instant next_due(const Schedule& schedule, std::optional<Instant> last_tried, std::int64_t failures) {
  if (!last_tried) return {};
  std::int64_t next = last_tried->milliseconds + schedule.every_ms;
  if (schedule.at_minutes) {
    next = start_of_japan_day(japan_date(*last_tried)).milliseconds + *schedule.at_minutes * kMinute;
    while (next <= last_tried->milliseconds)
      next += kDay;
  }
  if (failures > 0) {
    const std::int64_t wait = 5 * kMinute << std::min<std::int64_t>(failures - 1, 4);
    next = std::min(next, last_tried->milliseconds + std::min(wait, kHour));
  }
  return {next};
}

bool is_due(const Schedule& schedule, std::optional<Instant> last_tried, std::int64_t failures, Instant now) {
  return !last_tried || now < *last_tried || next_due(schedule, last_tried, failures) <= now;
}

}  // namespace sonae::vault

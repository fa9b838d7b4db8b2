// When something of the plan of backups is due, and when it is late. Pure.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string_view>

#include "base/time.h"

namespace sonae::vault {

struct Schedule {
  std::int64_t every_ms = 0;               // 0: at a time of the day
  std::optional<std::int64_t> at_minutes;  // of the Japanese day
  std::int64_t late_after_ms = 0;          // since the last success
};
BOOST_DESCRIBE_STRUCT(Schedule, (), (every_ms, at_minutes, late_after_ms))

// "15m", "1h", "1d": 1 minute to 400 days.
Result<std::int64_t> parse_duration(std::string_view text);
// "02:30": minutes of the day.
Result<std::int64_t> parse_time_of_day(std::string_view text);

Schedule every(std::int64_t milliseconds);
Schedule daily_at(std::int64_t minutes);

// When it is due after its last try (`failures` in a row by then, 0 where it succeeded). Never tried: at
// once. What failed is tried again after five minutes, doubling to an hour, and at its own time at the
// latest.
Instant next_due(const Schedule& schedule, std::optional<Instant> last_tried, std::int64_t failures);
// A clock that was set back must not silence a schedule for years.
bool is_due(const Schedule& schedule, std::optional<Instant> last_tried, std::int64_t failures, Instant now);

}  // namespace sonae::vault

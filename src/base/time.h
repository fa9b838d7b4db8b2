// Time as types: an instant (UTC), a calendar date, and the hybrid logical clock that orders facts.
// Local time (JST, always +09:00, no daylight saving) appears only where a person reads it.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace sonae {

// Milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t milliseconds = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

std::string to_rfc3339(Instant instant);               // "2026-11-20T23:42:54.123Z"
std::string to_japan_time(Instant instant);            // "2026-11-21 08:42:54" (JST), for people
Result<Instant> parse_rfc3339(std::string_view text);  // any offset; fractions of a second to the millisecond

// A day of the proleptic Gregorian calendar; valid by construction through parse or of.
struct Date {
  std::int16_t year = 1970;
  std::uint8_t month = 1;
  std::uint8_t day = 1;
  static Result<Date> of(int year, int month, int day);  // invalid_input where there is no such day
  friend auto operator<=>(const Date&, const Date&) = default;
};

std::string to_iso(Date date);  // "2026-11-20"
Result<Date> parse_iso_date(std::string_view text);
std::int32_t days_since_epoch(Date date);  // 1970-01-01 is 0
Date date_of_days(std::int32_t days_since_epoch);
Date japan_date(Instant instant);
Instant start_of_japan_day(Date date);

// Hybrid logical time: the wall clock, and a counter that keeps facts of one millisecond in order.
// Its text form sorts as it does. Reference: Kulkarni et al., "Logical Physical Clocks", 2014.
struct HybridTime {
  Instant wall;
  std::uint32_t counter = 0;
  friend auto operator<=>(const HybridTime&, const HybridTime&) = default;
};
std::string to_text(HybridTime time);  // "2026-11-20T23:42:54.123Z+0003"
Result<HybridTime> parse_hybrid_time(std::string_view text);

}  // namespace sonae

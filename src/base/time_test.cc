#include "base/time.h"

#include <doctest/doctest.h>

using namespace sonae;

TEST_CASE("time: an instant is written in UTC and read with any offset") {
  const Instant instant = *parse_rfc3339("2011-03-11T14:46:18.1+09:00");
  CHECK(to_rfc3339(instant) == "2011-03-11T05:46:18.100Z");
  CHECK(to_japan_time(instant) == "2011-03-11 14:46:18");
  CHECK(japan_date(*parse_rfc3339("2011-03-11T20:00:00Z")) == *Date::of(2011, 3, 12));
  CHECK_FALSE(parse_rfc3339("2011-03-11T14:46:18"));
  CHECK_FALSE(parse_rfc3339("2011-02-29T14:46:18Z"));
  CHECK(to_rfc3339(Instant{-1}) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("time: days and dates are one to one") {
  for (std::int32_t day = -60000; day < 60000; day += 7)
    CHECK(days_since_epoch(date_of_days(day)) == day);
  CHECK_FALSE(Date::of(2025, 2, 29));
  CHECK(start_of_japan_day(*Date::of(1970, 1, 2)).milliseconds == 54'000'000);
}

TEST_CASE("time: the text of hybrid time sorts as it does") {
  const HybridTime early{Instant{1000}, 9}, late{Instant{1000}, 10};
  CHECK(to_text(early) < to_text(late));
  CHECK(*parse_hybrid_time(to_text(late)) == late);
}

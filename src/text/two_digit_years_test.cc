#include "text/two_digit_years.h"

#include <doctest/doctest.h>

#include <string>

using namespace sonae;
using namespace sonae::text;

namespace {

constexpr Date kToday{2026, 11, 20};

}  // namespace

TEST_CASE("a year of two figures may be of a century or of an era") {
  const auto meanings = [](std::string_view written, int age = -1) {
    auto all = meanings_of_two_digits(parse_date(written, kToday)->date, kToday);
    if (age >= 0) all = meanings_at_age(all, age, kToday);
    std::string text;
    for (const PartialDate& meaning : all)
      text += (text.empty() ? "" : " ") + to_text(meaning);
    return text;
  };
  CHECK(meanings("25.10.14") == "2025-10-14 2013-10-14 1950-10-14 1925-10-14");
  CHECK(meanings("48.3.11") == "1973-03-11 1948-03-11");
  CHECK(meanings("5.6.7") == "2023-06-07 2005-06-07 1993-06-07 1930-06-07 1916-06-07");
  CHECK(meanings("64.1.7") == "1989-01-07 1964-01-07");
  CHECK(meanings("64.1.8") == "1964-01-08");        // the era had ended
  CHECK(meanings("25.10.14", 76) == "1950-10-14");  // and 75 or 77 as well
  CHECK(meanings("25.10.14", 13) == "2013-10-14");
  CHECK(meanings("48.3.11", 30) == "1973-03-11 1948-03-11");
  // Nothing in the future, nobody over 120.
  const PartialDate tomorrow{static_cast<std::int16_t>(kToday.year), 12, 31};
  for (const PartialDate& meaning : meanings_of_two_digits(tomorrow, kToday))
    CHECK(meaning.year < kToday.year);
}

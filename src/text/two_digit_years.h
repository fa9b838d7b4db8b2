// Dates with a year of two figures and no era: what they may mean. Pure, any thread.
#pragma once

#include <vector>

#include "text/date.h"

namespace sonae::text {

// What a date with a year of two figures and no era may mean ("25.10.14": 2025, 平成25, 昭和25, 1925): of
// this century, of the last, of each era that had that day; none after `today` and none over 120 years
// before. The latest first. `read`: the date as parse_date took it.
std::vector<PartialDate> meanings_of_two_digits(PartialDate read, Date today);

// Those of them that somebody of this age may be born on, a year more or less: people say the age that they
// are about to be. All of them where none fits.
std::vector<PartialDate> meanings_at_age(const std::vector<PartialDate>& meanings, int age, Date day);

}  // namespace sonae::text

#include "text/two_digit_years.h"

#include <algorithm>
#include <functional>

#include "text/era.h"

namespace sonae::text {

std::vector<PartialDate> meanings_of_two_digits(PartialDate read, Date today) {
  constexpr int kOldest = 120;
  std::vector<PartialDate> meanings;
  const int figures = read.year % 100;
  const auto offer = [&](int year, const Era* era) {
    if (year > today.year || today.year - year > kOldest || !is_possible(year, read.month, read.day)) return;
    const PartialDate date{static_cast<std::int16_t>(year), read.month, read.day};
    const Date earliest{date.year, std::max<std::uint8_t>(date.month, 1),
                        std::max<std::uint8_t>(date.day, 1)};
    const Date latest{date.year, date.month == 0 ? std::uint8_t{12} : date.month,
                      date.day == 0 ? std::uint8_t{31} : date.day};
    if (earliest > today || (era && (latest < era->first || era->last < earliest))) return;
    if (std::ranges::find(meanings, date) == meanings.end()) meanings.push_back(date);
  };
  offer(2000 + figures, nullptr);
  offer(1900 + figures, nullptr);
  for (const Era& era : kEras)
    if (era.letter != 0 && figures > 0) offer(era.first.year + figures - 1, &era);
  std::ranges::sort(meanings, std::ranges::greater{});
  return meanings;
}

std::vector<PartialDate> meanings_at_age(const std::vector<PartialDate>& meanings, int age, Date day) {
  std::vector<PartialDate> fitting;
  for (const PartialDate meaning : meanings) {
    const auto ages = ages_on(meaning, day);
    if (ages && age >= ages->least - 1 && age <= ages->most + 1) fitting.push_back(meaning);
  }
  return fitting.empty() ? meanings : fitting;
}

}  // namespace sonae::text

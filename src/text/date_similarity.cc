#include <algorithm>
#include <cstdlib>

#include "text/era.h"
#include "text/similarity.h"

namespace sonae::text {

namespace {

// 1 for equal, less for one wrong or two exchanged digits, 0 for more. `digits` is how many are compared.
double digits_alike(int one, int other, int digits, double one_wrong) {
  if (one == other) return 1;
  int wrong = 0;
  for (int i = 0, a = one, b = other; i < digits; ++i, a /= 10, b /= 10)
    wrong += a % 10 != b % 10 ? 1 : 0;
  if (wrong == 1) return one_wrong;
  const auto exchanged = [](int value, int place) {
    const int low = value / place % 10;
    const int high = value / place / 10 % 10;
    return value + (low - high) * place * 9;
  };
  for (int place = 1, i = 1; i < digits; ++i, place *= 10)
    if (exchanged(one, place) == other) return one_wrong;
  return 0;
}

// 昭和10年 for 平成10年: the number of the year was kept and the era mistaken.
bool neighbouring_eras(int one, int other) {
  if (one > other) std::swap(one, other);
  for (std::size_t i = 0; i + 1 < 5; ++i) {  // 令和 to 明治
    const Era& newer = kEras[i];
    const Era& older = kEras[i + 1];
    const int number = other - newer.first.year + 1;
    if (number >= 1 && other <= newer.last.year && one == older.first.year + number - 1 &&
        one <= older.last.year)
      return true;
  }
  return false;
}

double years_alike(int one, int other) {
  if (one == other) return 1;
  if (neighbouring_eras(one, other)) return 0.75;
  if (std::abs(one - other) == 1) return 0.75;  // counted from an age, or 数え年
  return digits_alike(one, other, 4, 0.65);
}

}  // namespace

double date_similarity(PartialDate one, PartialDate other) {
  double sum = 0;
  double weights = 0;
  int differing = 0;
  const auto add = [&](double weight, double alike) {
    sum += weight * alike;
    weights += weight;
    if (alike < 1) ++differing;
  };
  if (one.year != 0 && other.year != 0) add(0.5, years_alike(one.year, other.year));
  const bool both_days = one.day != 0 && other.day != 0;
  const bool exchanged =
      both_days && one.month == other.day && one.day == other.month && one.month != one.day;
  if (exchanged) {
    add(0.5, 0.75);
  } else {
    if (one.month != 0 && other.month != 0) add(0.25, digits_alike(one.month, other.month, 2, 0.5));
    if (both_days) add(0.25, digits_alike(one.day, other.day, 2, 0.6));
  }
  if (weights == 0) return 0;
  // Two mistakes in one date are much rarer than one.
  const double alike = sum / weights;
  return differing >= 2 ? alike * (differing == 2 ? 0.6 : 0.3) : alike;
}

}  // namespace sonae::text

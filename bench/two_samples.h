// Whether two samples of times are of one distribution, and how small a difference the test would have seen.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace sonae::bench {

inline double percentile(std::vector<double> times, double part) {
  std::ranges::sort(times);
  return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
}
inline double median(std::vector<double> times) {
  return percentile(std::move(times), 0.5);
}

// Asymptotic p-value of the two-sample Kolmogorov-Smirnov statistic (Smirnov 1948).
inline double kolmogorov_smirnov(std::vector<double> one, std::vector<double> other) {
  std::ranges::sort(one);
  std::ranges::sort(other);
  const auto n = static_cast<double>(one.size()), m = static_cast<double>(other.size());
  double distance = 0;
  for (std::size_t i = 0, j = 0; i < one.size() && j < other.size();) {
    if (one[i] <= other[j])
      ++i;
    else
      ++j;
    distance = std::max(distance, std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m));
  }
  const double lambda = distance * std::sqrt(n * m / (n + m));
  double p = 0;
  for (int k = 1; k <= 100; ++k)
    p += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * lambda * lambda);
  return std::clamp(p, 0.0, 1.0);
}

// Two-sided p-value of the Mann-Whitney statistic by its normal approximation (times have no ties).
inline double mann_whitney(const std::vector<double>& one, const std::vector<double>& other) {
  std::vector<std::pair<double, bool>> all;
  for (const double time : one)
    all.emplace_back(time, true);
  for (const double time : other)
    all.emplace_back(time, false);
  std::ranges::sort(all);
  double ranks = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].second) ranks += static_cast<double>(i + 1);
  const auto n = static_cast<double>(one.size()), m = static_cast<double>(other.size());
  const double u = ranks - n * (n + 1) / 2;
  const double z = (u - n * m / 2) / std::sqrt(n * m * (n + m + 1) / 12);
  return std::erfc(std::abs(z) / std::sqrt(2.0));
}

// Tested at 1 %: half of it for each of the two tests.
inline constexpr double kLevel = 0.005;
inline bool differ(const std::vector<double>& one, const std::vector<double>& other) {
  return mann_whitney(one, other) < kLevel || kolmogorov_smirnov(one, other) < kLevel;
}

// The power: how often `differ` would find one sample slower by `shift`, by drawing both samples anew (with
// replacement) out of the measured times and adding the shift to one.
inline double power(const std::vector<double>& times, double shift, int draws, std::mt19937& dice) {
  std::uniform_int_distribution<std::size_t> any(0, times.size() - 1);
  std::vector<double> one(times.size()), other(times.size());
  int found = 0;
  for (int draw = 0; draw < draws; ++draw) {
    // A grain of dust keeps equal times apart: the draws repeat them.
    for (std::size_t i = 0; i < times.size(); ++i) {
      one[i] = times[any(dice)] + 1e-9 * static_cast<double>(dice() % 1000);
      other[i] = times[any(dice)] + shift + 1e-9 * static_cast<double>(dice() % 1000);
    }
    found += differ(one, other) ? 1 : 0;
  }
  return static_cast<double>(found) / draws;
}

// The least shift, in parts of the median, that is found in nine of ten cases.
inline double least_shift_found(const std::vector<double>& times, std::mt19937& dice) {
  for (const double part : {0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5})
    if (power(times, part * median(times), 60, dice) >= 0.9) return part;
  return 1;
}

}  // namespace sonae::bench

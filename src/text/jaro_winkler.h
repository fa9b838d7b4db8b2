// Jaro-Winkler over code points. Pure, any thread.
// Winkler, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model", 1990.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace sonae::text {

// `near(a, b)` in [0, 1] says how much two different characters count as one; 0 for plain Jaro-Winkler.
// Only the first 64 characters of either side are compared. Symmetric.
template <class Near>
double jaro_winkler(std::u32string_view one, std::u32string_view other, Near near) {
  one = one.substr(0, 64), other = other.substr(0, 64);
  if (one.empty() || other.empty()) return 0;
  if (one == other) return 1;
  // Characters are paired off greedily from one side: the same side whichever comes first.
  if (one.size() > other.size() || (one.size() == other.size() && one > other)) std::swap(one, other);

  const std::size_t window = other.size() / 2 > 1 ? other.size() / 2 - 1 : 0;
  std::uint64_t one_used = 0;
  std::uint64_t other_used = 0;
  const auto each_in_window = [&](std::size_t i, auto visit) {
    const std::size_t first = i > window ? i - window : 0;
    const std::size_t end = std::min(other.size(), i + window + 1);
    for (std::size_t j = first; j < end; ++j)
      if ((other_used >> j & 1) == 0 && visit(j)) return;
  };
  const auto pair_off = [&](std::size_t i, std::size_t j) {
    one_used |= std::uint64_t{1} << i;
    other_used |= std::uint64_t{1} << j;
  };

  int matched = 0;
  for (std::size_t i = 0; i < one.size(); ++i)
    each_in_window(i, [&](std::size_t j) {
      if (one[i] != other[j]) return false;
      pair_off(i, j);
      ++matched;
      return true;
    });
  int out_of_order = 0;
  for (std::size_t i = 0, j = 0; i < one.size(); ++i) {
    if ((one_used >> i & 1) == 0) continue;
    while ((other_used >> j & 1) == 0)
      ++j;
    if (one[i] != other[j++]) ++out_of_order;
  }

  double weight = matched;
  for (std::size_t i = 0; i < one.size(); ++i) {
    if ((one_used >> i & 1) != 0) continue;
    double best = 0;
    std::size_t partner = 0;
    each_in_window(i, [&](std::size_t j) {
      if (const double nearness = near(one[i], other[j]); nearness > best) best = nearness, partner = j;
      return false;
    });
    if (best == 0) continue;
    pair_off(i, partner);
    weight += best;
    ++matched;
  }
  if (matched == 0) return 0;

  const double in_order = 1.0 - 0.5 * out_of_order / matched;
  const double jaro =
      (weight / static_cast<double>(one.size()) + weight / static_cast<double>(other.size()) + in_order) / 3;
  double prefix = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(4, one.size()); ++i) {
    const double same = one[i] == other[i] ? 1 : near(one[i], other[i]);
    prefix += same;
    if (same < 1) break;
  }
  return jaro + 0.1 * prefix * (1 - jaro);
}

inline double jaro_winkler(std::u32string_view one, std::u32string_view other) {
  return jaro_winkler(one, other, [](char32_t, char32_t) { return 0.0; });
}

}  // namespace sonae::text

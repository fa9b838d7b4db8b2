#include "link/household.h"

#include <algorithm>
#include <cmath>

namespace sonae::link {
namespace {

constexpr double kSure = 0.95;
constexpr double kForgotten =
    1e-6;  // a thousand times likelier, such a candidate is still out of the question

// The probability that this row is somebody of the household other than the resident.
double is_of_household(const RowState& row, std::uint32_t household, std::uint32_t resident) {
  double sum = 0;
  for (std::size_t i = 0; i < row.candidates.size(); ++i)
    if (row.candidates[i].household == household && row.residents[i] != resident) sum += row.probabilities[i];
  return sum;
}

std::size_t best_of(const RowState& row) {
  return static_cast<std::size_t>(std::ranges::max_element(row.probabilities) - row.probabilities.begin());
}

}  // namespace

double household_beside(std::span<const RowState> rows, std::size_t at, std::uint32_t household,
                        std::uint32_t resident) {
  if (household == 0) return 0;
  double most = 0;
  const std::size_t begin = at > kRowsBeside ? at - kRowsBeside : 0;
  const std::size_t end = std::min(rows.size(), at + kRowsBeside + 1);
  for (std::size_t i = begin; i < end; ++i)
    if (i != at) most = std::max(most, is_of_household(rows[i], household, resident));
  return most;
}

double learn_household_weight(std::span<const RowState> rows, std::size_t residents) {
  double sure = 0, beside = 0, far = 0;
  const std::size_t shift = rows.size() / 2;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (rows[at].candidates.empty()) continue;
    const std::size_t best = best_of(rows[at]);
    const std::uint32_t household = rows[at].candidates[best].household;
    if (rows[at].probabilities[best] < kSure || household == 0) continue;
    ++sure;
    beside += household_beside(rows, at, household, rows[at].residents[best]) >= 0.5;
    if (shift > 2 * kRowsBeside)
      far += household_beside(rows, (at + shift) % rows.size(), household, rows[at].residents[best]) >= 0.5;
  }
  if (sure == 0) return 0;
  // Five rows' worth of belief that a third of all rows have somebody beside them; by chance, as many as
  // there are rows beside and persons in a household.
  const double by_chance = 2 * kRowsBeside * 1.5 / std::max<double>(100, static_cast<double>(residents));
  const double with = (beside + 5 * 0.3) / (sure + 5);
  const double without = (far + 5 * std::min(0.02, 10 * by_chance)) / (sure + 5) + by_chance;
  return std::clamp(std::log2(with / without), 0.0, 10.0);
}

void hear_neighbours(std::span<const RowState> rows, std::size_t at, double weight,
                     std::vector<float>& boosts) {
  const RowState& row = rows[at];
  boosts.assign(row.candidates.size(), 0);
  if (weight <= 0) return;
  const double ratio = std::exp2(weight);
  for (std::size_t i = 0; i < row.candidates.size(); ++i) {
    if (row.probabilities[i] < kForgotten) continue;
    const double beside = household_beside(rows, at, row.candidates[i].household, row.residents[i]);
    boosts[i] = static_cast<float>(std::log2(1 + beside * (ratio - 1)));
  }
}

}  // namespace sonae::link

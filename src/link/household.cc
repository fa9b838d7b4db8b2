#include "link/household.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "link/parallel.h"

namespace sonae::link {
namespace {

constexpr double kSure = 0.95;
constexpr double kForgotten =
    1e-6;  // a thousand times likelier, such a candidate is still out of the question
// Of so many rows, so many stand beside another of the same person: what is believed before a list says more.
constexpr double kPriorRows = 50, kPriorAgain = 0.02;
constexpr double kMost = 14;  // bits: more than lists of some ten thousand rows can show

std::size_t best_of(const RowState& row) {
  return static_cast<std::size_t>(std::ranges::max_element(row.probabilities) - row.probabilities.begin());
}

}  // namespace

Beside beside(std::span<const RowState> rows, std::size_t at, std::uint32_t household,
              std::uint32_t resident) {
  Beside most;
  const std::size_t begin = at > kRowsBeside ? at - kRowsBeside : 0;
  const std::size_t end = std::min(rows.size(), at + kRowsBeside + 1);
  for (std::size_t row = begin; row < end; ++row) {
    if (row == at) continue;
    double of_household = 0;
    const RowState& other = rows[row];
    for (std::size_t i = 0; i < other.candidates.size(); ++i) {
      if (other.residents[i] == resident)
        most.resident = std::max(most.resident, other.probabilities[i]);
      else if (household != 0 && other.candidates[i].household == household)
        of_household += other.probabilities[i];
    }
    most.household = std::max(most.household, of_household);
  }
  return most;
}

NeighbourWeights learn_neighbour_weights(std::span<const RowState> rows, std::size_t residents,
                                         unsigned threads) {
  std::atomic<std::size_t> sure_rows{0}, beside_household{0}, beside_same{0}, household_far{0};
  const std::size_t shift = rows.size() / 2;
  in_blocks(rows.size(), 512, threads, [&](unsigned, std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at) {
      if (rows[at].candidates.empty()) continue;
      const std::size_t best = best_of(rows[at]);
      const std::uint32_t household = rows[at].candidates[best].household;
      if (rows[at].probabilities[best] < kSure || household == 0) continue;
      ++sure_rows;
      const Beside near = beside(rows, at, household, rows[at].residents[best]);
      beside_household += near.household >= 0.5;
      beside_same += near.resident >= 0.5;
      if (shift <= 2 * kRowsBeside) continue;
      const Beside away = beside(rows, (at + shift) % rows.size(), household, rows[at].residents[best]);
      household_far += away.household >= 0.5;
    }
  });
  const auto sure = static_cast<double>(sure_rows), with_household = static_cast<double>(beside_household),
             again = static_cast<double>(beside_same), far = static_cast<double>(household_far);
  if (sure == 0) return {};
  // Five rows' worth of belief that a third of all rows have somebody beside them; by chance, as many as
  // there are rows beside and persons in a household.
  const double by_chance = 2 * kRowsBeside * 1.5 / std::max<double>(100, static_cast<double>(residents));
  const double with = (with_household + 5 * 0.3) / (sure + 5);
  const double without = (far + 5 * std::min(0.02, 10 * by_chance)) / (sure + 5) + by_chance;
  const double written_twice = (again + kPriorRows * kPriorAgain) / (sure + kPriorRows);
  NeighbourWeights weights;
  weights.household = std::clamp(std::log2(with / without), 0.0, kMost);
  weights.again = weights.household + std::min(0.0, std::log2(written_twice / with));
  return weights;
}

void hear_neighbours(std::span<const RowState> rows, std::size_t at, const NeighbourWeights& weights,
                     std::vector<Boost>& boosts) {
  const RowState& row = rows[at];
  boosts.assign(row.candidates.size(), {});
  if (weights.household <= 0) return;
  const double ratio = std::exp2(weights.household), again = std::exp2(weights.again);
  for (std::size_t i = 0; i < row.candidates.size(); ++i) {
    if (row.probabilities[i] < kForgotten) continue;
    const Beside near = beside(rows, at, row.candidates[i].household, row.residents[i]);
    const double of_household = 1 + near.household * (ratio - 1);
    boosts[i].household = static_cast<float>(std::log2(of_household));
    boosts[i].resident =
        static_cast<float>(std::log2(of_household * (1 - near.resident) + again * near.resident));
  }
}

}  // namespace sonae::link

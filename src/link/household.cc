#include "link/household.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "link/parallel.h"

namespace sonae::link {
namespace {

constexpr double kSure = 0.95;
constexpr double kForgotten =
    1e-6;  // a thousand times likelier, such a candidate is still out of the question
// Of so many rows, so many stand beside another of the same person, of the household: what is believed before
// a list says more.
constexpr double kPriorRows = 50, kPriorAgain = 0.02;
constexpr double kPriorRowsOfHousehold = 5, kPriorHousehold = 0.3, kPriorWhole = 0.5;
constexpr double kPriorRowsOfSizes = 100;  // that come from households of all sizes alike
constexpr double kMost = 14;               // bits: more than lists of some ten thousand rows can show

std::size_t size_class(std::uint8_t others) {
  return std::min<std::size_t>(others, NeighbourWeights::kSizes - 1);
}

// What is counted over the rows of a list.
struct Counts {
  std::array<double, NeighbourWeights::kSizes> sure{}, household{}, whole{};
  double again = 0, far = 0;
  double relatives = 0, relatives_beside = 0;
};

NeighbourRatio ratio_of(double with, double without) {
  const double present = std::max(std::log2(with / without), 0.0);
  return {present, std::min(0.0, std::log2((1 - with) / (1 - without))), present};
}

std::size_t best_of(const RowState& row) {
  return static_cast<std::size_t>(std::ranges::max_element(row.probabilities) - row.probabilities.begin());
}

void count_relative(std::span<const RowState> rows, std::size_t at, Counts& counts) {
  const RowState& row = rows[at];
  if (row.candidates.empty() || row.relative <= 0.01) return;
  const std::uint32_t of = row.candidates[row.relative_of].household;
  if (of == 0) return;
  counts.relatives += row.relative;
  if (beside(rows, at, of, row.residents[row.relative_of]).either >= 0.5)
    counts.relatives_beside += row.relative;
}

double share(double hits, double of, double believed) {
  return (hits + kPriorRowsOfHousehold * believed) / (of + kPriorRowsOfHousehold);
}

// How much oftener than in the registry those who live with so many stand on surely found rows.
std::array<double, NeighbourWeights::kSizes> size_ratios(const SizeCounts& of_rows,
                                                         const SizeCounts& of_residents) {
  std::array<double, NeighbourWeights::kSizes> ratios{};
  const double rows = std::accumulate(of_rows.begin(), of_rows.end(), 0.0);
  const double residents = std::accumulate(of_residents.begin(), of_residents.end(), 0.0);
  if (residents == 0) return ratios;
  for (std::size_t size = 0; size < ratios.size(); ++size) {
    const double expected = (of_residents[size] + 1) / (residents + double(ratios.size()));
    ratios[size] =
        std::log2((of_rows[size] + kPriorRowsOfSizes * expected) / ((rows + kPriorRowsOfSizes) * expected));
  }
  return ratios;
}

}  // namespace

Beside beside(std::span<const RowState> rows, std::size_t at, std::uint32_t household,
              std::uint32_t resident) {
  Beside most;
  std::array<std::uint32_t, 2 * kRowsBeside> members;
  const std::size_t begin = at > kRowsBeside ? at - kRowsBeside : 0;
  const std::size_t end = std::min(rows.size(), at + kRowsBeside + 1);
  for (std::size_t row = begin; row < end; ++row) {
    if (row == at) continue;
    double of_household = 0, of_resident = 0;
    const RowState& other = rows[row];
    for (std::size_t i = 0; i < other.candidates.size(); ++i) {
      if (other.residents[i] == resident)
        of_resident = other.probabilities[i];
      else if (household != 0 && other.candidates[i].household == household) {
        of_household += other.probabilities[i];
        const auto seen = std::span(members).first(most.members);
        if (other.probabilities[i] > 0.5 && std::ranges::find(seen, other.residents[i]) == seen.end())
          members[most.members++] = other.residents[i];
      }
    }
    most.household = std::max(most.household, of_household);
    most.resident = std::max(most.resident, of_resident);
    most.either = std::max(most.either, of_household + of_resident);
  }
  return most;
}

NeighbourWeights learn_neighbour_weights(std::span<const RowState> rows, std::size_t residents,
                                         const SizeCounts& sizes, unsigned threads) {
  constexpr std::size_t kBlock = 512;
  const std::size_t shift = rows.size() / 2;
  // Summed in blocks, and the blocks one after another: the same on any number of threads.
  std::vector<Counts> blocks((rows.size() + kBlock - 1) / kBlock);
  in_blocks(rows.size(), kBlock, threads, [&](unsigned, std::size_t from, std::size_t to) {
    Counts& counts = blocks[from / kBlock];
    for (std::size_t at = from; at < to; ++at) {
      const RowState& row = rows[at];
      if (row.candidates.empty()) continue;
      count_relative(rows, at, counts);
      const std::size_t best = best_of(row);
      const std::uint32_t household = row.candidates[best].household;
      if (row.probabilities[best] < kSure || household == 0) continue;
      const std::size_t size = size_class(row.others[best]);
      ++counts.sure[size];
      const Beside near = beside(rows, at, household, row.residents[best]);
      counts.household[size] += near.household >= 0.5;
      counts.whole[size] += near.household >= 0.5 && near.members >= row.others[best];
      counts.again += near.resident >= 0.5;
      if (shift <= 2 * kRowsBeside) continue;
      const Beside away = beside(rows, (at + shift) % rows.size(), household, row.residents[best]);
      counts.far += away.household >= 0.5;
    }
  });
  Counts all;
  for (const Counts& block : blocks) {
    for (std::size_t size = 0; size < all.sure.size(); ++size) {
      all.sure[size] += block.sure[size];
      all.household[size] += block.household[size];
      all.whole[size] += block.whole[size];
    }
    all.again += block.again;
    all.far += block.far;
    all.relatives += block.relatives;
    all.relatives_beside += block.relatives_beside;
  }
  const double sure = std::accumulate(all.sure.begin(), all.sure.end(), 0.0);
  if (sure == 0) return {};
  // By chance, as many as there are rows beside and persons in a household.
  const double by_chance = 2 * kRowsBeside * 1.5 / std::max<double>(100, static_cast<double>(residents));
  const double with =
      share(std::accumulate(all.household.begin(), all.household.end(), 0.0), sure, kPriorHousehold);
  // One for all, so that no ratio is cut off and the members, the relatives and the resident once more stay
  // as likely beside each other as they were counted.
  const double without =
      std::max(share(all.far, sure, std::min(0.02, 10 * by_chance)) + by_chance, with * std::exp2(-kMost));
  const double written_twice = (all.again + kPriorRows * kPriorAgain) / (sure + kPriorRows);
  NeighbourWeights weights;
  weights.household = ratio_of(with, without).present;
  if (weights.household <= 0) return {};
  for (std::size_t size = 1; size < all.sure.size(); ++size) {
    NeighbourRatio& ratio = weights.of_member[size];
    ratio = ratio_of(share(all.household[size], all.sure[size], kPriorHousehold), without);
    if (size == 1) continue;
    // Whoever is missing of a family that came is likelier the row's person than one of it once more.
    ratio.share_whole = share(all.whole[size], all.household[size], kPriorWhole);
    ratio.whole = ratio.present + std::log2(ratio.share_whole);
    ratio.present += std::log2(1 - ratio.share_whole);
  }
  weights.of_size = size_ratios(all.sure, sizes);
  weights.unreached = std::log2(1 - with);
  weights.of_relative = ratio_of(share(all.relatives_beside, all.relatives, with), without);
  weights.with = with;
  weights.without = without;
  weights.again = std::log2(written_twice / without);
  return weights;
}

void learn_relatives_again(std::span<const RowState> rows, NeighbourWeights& weights) {
  if (weights.household <= 0) return;
  Counts counts;
  for (std::size_t at = 0; at < rows.size(); ++at)
    count_relative(rows, at, counts);
  weights.of_relative =
      ratio_of(share(counts.relatives_beside, counts.relatives, weights.with), weights.without);
}

void hear_neighbours(std::span<const RowState> rows, std::size_t at, const NeighbourWeights& weights,
                     std::vector<Boost>& boosts) {
  const RowState& row = rows[at];
  boosts.assign(row.candidates.size(), {});
  if (weights.household <= 0) return;
  const auto heard = [](const NeighbourRatio& ratio, double present, bool whole = false) {
    return present * std::exp2(whole ? ratio.whole : ratio.present) + (1 - present) * std::exp2(ratio.absent);
  };
  const double again = std::exp2(weights.again);
  for (std::size_t i = 0; i < row.candidates.size(); ++i) {
    if (row.probabilities[i] < kForgotten || row.candidates[i].household == 0) continue;
    const Beside near = beside(rows, at, row.candidates[i].household, row.residents[i]);
    const NeighbourRatio& ratio = weights.of_member[size_class(row.others[i])];
    const bool whole = near.members >= row.others[i];
    const double of_member = heard(ratio, near.household, whole);
    // Who is written twice has the family beside, and all of it, as often as who is written once.
    const double family_beside = 1 - std::exp2(ratio.absent);
    const double so_much_of_it = whole ? ratio.share_whole : 1 - ratio.share_whole;
    const double of_again =
        again * (near.household * family_beside * so_much_of_it + (1 - near.household) * (1 - family_beside));
    boosts[i].size = static_cast<float>(weights.of_size[size_class(row.others[i])]);
    boosts[i].resident =
        static_cast<float>(std::log2(of_member * (1 - near.resident) + of_again * near.resident)) +
        boosts[i].size;
    boosts[i].family = static_cast<float>(std::log2(of_member));
    boosts[i].household = static_cast<float>(std::log2(heard(weights.of_relative, near.either)));
  }
}

}  // namespace sonae::link

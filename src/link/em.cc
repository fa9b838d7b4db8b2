#include "link/em.h"

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "link/groups.h"
#include "link/parallel.h"

namespace sonae::link {
namespace {

constexpr double kPriorRowsOfKinds = 20;  // strangers are few in a list

using Counts = std::array<std::array<double, 16>, kComparedFields>;

// The shares of the levels within their groups, the start standing in with `strength`.
template <class Pick>
double fit(const Weights& start, Weights& weights, const Counts& counts, double strength, Pick pick) {
  double change = 0;
  for (std::size_t f = 0; f < kComparedFields; ++f) {
    const auto field = static_cast<Field>(f);
    for (std::uint8_t group = 1; group <= 2; ++group) {
      double total = 0, prior_total = 0;
      for (std::uint8_t l = 1; l < kLevels[f]; ++l) {
        if (group_of(field, l) != group) continue;
        total += counts[f][l];
        prior_total += start.fields[f][l].*pick;
      }
      if (prior_total <= 0) continue;
      for (std::uint8_t l = 1; l < kLevels[f]; ++l) {
        if (group_of(field, l) != group) continue;
        const double before = weights.fields[f][l].*pick;
        // The share of the whole group stays what it was at the start.
        const double after = prior_total *
                             (counts[f][l] + strength * start.fields[f][l].*pick / prior_total) /
                             (total + strength);
        weights.fields[f][l].*pick = after;
        change = std::max(change, std::abs(after - before));
      }
    }
  }
  return change;
}

bool has_u_of_its_value(Field field, std::uint8_t l) {
  using namespace level;
  if (field == Field::family_name || field == Field::given_name)
    return l <= kana_same_kanji_differs || l == kana_same || l == kanji_reads_alike;
  if (field == Field::address) return l != number_same_town_differs && l != address_differs;
  return field == Field::name_order || field == Field::code || field == Field::phone;
}

}  // namespace

Weights learn_m(const Weights& start, std::span<const RowState> rows, std::size_t residents,
                const LearnOptions& options) {
  // Rows are summed in blocks, and the blocks one after another: the same on any number of threads.
  constexpr std::size_t kBlock = 1024;
  struct Sums {
    Counts counts{};
    double matched = 0, relatives = 0;
    std::array<std::array<double, kAddressKinds>, 3> kinds{};
  };
  Weights weights = start;
  std::vector<Sums> blocks((rows.size() + kBlock - 1) / kBlock);
  for (int round = 0; round < options.most_rounds; ++round) {
    const LogWeights logs(weights);
    const Prior prior(weights, residents);
    Counts counts{};
    double matched = 0, relatives = 0;
    auto kinds = start.address_kinds;
    for (auto& of : kinds)
      for (double& share : of)
        share *= kPriorRowsOfKinds;
    in_blocks(rows.size(), kBlock, options.threads, [&](unsigned, std::size_t from, std::size_t to) {
      Sums& sums = blocks[from / kBlock] = {};
      Posterior p;
      for (const RowState& row : rows.subspan(from, to - from)) {
        const std::span<const Scored> candidates = row.candidates;
        posterior(logs, prior, row, p);
        sums.relatives += p.relative;
        sums.matched += p.unreached;
        const auto kind = static_cast<std::size_t>(row.address);
        sums.kinds[0][kind] += 1 - p.relative - p.stranger;
        sums.kinds[1][kind] += p.relative;
        sums.kinds[2][kind] += p.stranger;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
          sums.matched += p.of[i];
          std::uint64_t bits = candidates[i].pattern.bits();
          for (std::size_t f = 0; f < kComparedFields; ++f, bits >>= 4)
            sums.counts[f][bits & 15] += p.of[i];
        }
      }
    });
    for (const Sums& sums : blocks) {
      matched += sums.matched;
      relatives += sums.relatives;
      for (std::size_t of = 0; of < kinds.size(); ++of)
        for (std::size_t kind = 0; kind < kAddressKinds; ++kind)
          kinds[of][kind] += sums.kinds[of][kind];
      for (std::size_t f = 0; f < kComparedFields; ++f)
        for (std::size_t l = 0; l < counts[f].size(); ++l)
          counts[f][l] += sums.counts[f][l];
    }
    const double change = fit(start, weights, counts, options.prior_rows, &LevelWeight::m);
    const double total = static_cast<double>(rows.size()) + options.prior_rows;
    weights.resident_share = (matched + options.prior_rows * start.resident_share) / total;
    weights.relative_share = (relatives + options.prior_rows * start.relative_share) / total;
    for (auto& of : kinds) {
      const double all = std::accumulate(of.begin(), of.end(), 0.0);
      for (double& share : of)
        share /= all;
    }
    weights.address_kinds = kinds;
    if (change < options.until_change) break;
  }
  weights.trained_rows = start.trained_rows + static_cast<double>(rows.size());
  return weights;
}

Weights learn_u(const Weights& start, std::span<const Pattern> random_pairs, double prior_pairs) {
  Counts counts{};
  for (const Pattern pattern : random_pairs) {
    std::uint64_t bits = pattern.bits();
    for (std::size_t f = 0; f < kComparedFields; ++f, bits >>= 4)
      ++counts[f][bits & 15];
  }
  Weights weights = start;
  fit(start, weights, counts, prior_pairs, &LevelWeight::u);
  for (std::size_t f = 0; f < kComparedFields; ++f)
    for (std::uint8_t l = 1; l < kLevels[f]; ++l)
      if (has_u_of_its_value(static_cast<Field>(f), l)) weights.fields[f][l].u = start.fields[f][l].u;
  return weights;
}

}  // namespace sonae::link

#include "link/table_model.h"

#include <algorithm>
#include <cmath>

namespace sonae::link {
namespace {

constexpr double kPriorRows = 40;  // how many rows the first guesses weigh
constexpr double kPriorPairs = 200;
constexpr int kMostRounds = 30;

std::size_t index_of(TableLevel level) {
  return static_cast<std::size_t>(level);
}

}  // namespace

TableWeights TableWeights::start(const Spec& spec) {
  TableWeights weights;
  for (std::size_t f = 0; f < spec.fields.size(); ++f) {
    const bool exchanges = spec.fields[f].exchanged_with.has_value();
    weights.m[f] = {0, .85, .06, .03, exchanges ? .02 : 1e-6, .04};
    weights.u[f] = {0, .01, .005, .03, exchanges ? .002 : 1e-6, .953};
  }
  return weights;
}

double TableWeights::log_m(const TablePattern& pattern, std::size_t fields) const {
  double sum = 0;
  for (std::size_t f = 0; f < fields; ++f)
    if (pattern[f] != TableLevel::missing) sum += std::log2(m[f][index_of(pattern[f])]);
  return sum;
}

void learn_table_u(TableWeights& weights, std::size_t fields, std::span<const TablePattern> random_pairs) {
  for (std::size_t f = 0; f < fields; ++f) {
    std::array<double, kTableLevels> counts{};
    double total = 0;
    for (const TablePattern& pattern : random_pairs) {
      if (pattern[f] == TableLevel::missing) continue;
      ++counts[index_of(pattern[f])];
      ++total;
    }
    for (std::size_t l = 1; l < kTableLevels; ++l)
      weights.u[f][l] = (counts[l] + kPriorPairs * weights.u[f][l]) / (total + kPriorPairs);
  }
}

void table_posterior(const TableWeights& weights, std::size_t fields, std::span<const TableScored> candidates,
                     std::size_t records, std::vector<double>& probabilities) {
  const double prior = std::log2(weights.share / std::max<double>(1, double(records)));
  const double none = std::log2(std::max(1e-6, 1 - weights.share));
  double highest = none;
  probabilities.resize(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    probabilities[i] = prior + weights.log_m(candidates[i].pattern, fields) - candidates[i].log_u;
    highest = std::max(highest, probabilities[i]);
  }
  double sum = std::exp2(none - highest);
  for (double& p : probabilities)
    sum += p = std::exp2(p - highest);
  for (double& p : probabilities)
    p /= sum;
}

void learn_table_m(TableWeights& weights, std::size_t fields, std::span<const std::vector<TableScored>> rows,
                   std::size_t records) {
  const TableWeights start = weights;
  std::vector<double> p;
  for (int round = 0; round < kMostRounds; ++round) {
    std::array<std::array<double, kTableLevels>, Spec::kMostFields> counts{};
    double matched = 0;
    for (const std::vector<TableScored>& candidates : rows) {
      table_posterior(weights, fields, candidates, records, p);
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        matched += p[i];
        for (std::size_t f = 0; f < fields; ++f)
          counts[f][index_of(candidates[i].pattern[f])] += p[i];
      }
    }
    double change = 0;
    for (std::size_t f = 0; f < fields; ++f) {
      double total = 0;
      for (std::size_t l = 1; l < kTableLevels; ++l)
        total += counts[f][l];
      for (std::size_t l = 1; l < kTableLevels; ++l) {
        const double after = (counts[f][l] + kPriorRows * start.m[f][l]) / (total + kPriorRows);
        change = std::max(change, std::abs(after - weights.m[f][l]));
        weights.m[f][l] = after;
      }
    }
    weights.share =
        std::min(.9999, (matched + kPriorRows * start.share) / (double(rows.size()) + kPriorRows));
    if (change < 1e-5) break;
  }
}

}  // namespace sonae::link

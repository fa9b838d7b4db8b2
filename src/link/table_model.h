// Weights and probabilities for linking any two tables: Fellegi and Sunter's model with one-of-N posteriors,
// as for residents (em.h, posterior.h), with the fields that a spec names.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "link/table_compare.h"

namespace sonae::link {

struct TableScored {
  std::uint32_t record = 0;
  TablePattern pattern{};
  float log_u = 0;  // sum over the fields, with the values' own frequencies
};

struct TableWeights {
  std::array<std::array<double, kTableLevels>, Spec::kMostFields> m{}, u{};
  double share = 0.8;  // of left records that have a partner

  static TableWeights start(const Spec& spec);
  double log_m(const TablePattern& pattern, std::size_t fields) const;
};

// u from pairs drawn at random.
void learn_table_u(TableWeights& weights, std::size_t fields, std::span<const TablePattern> random_pairs);

// m and the share, by expectation maximisation over each left record's candidates. `records`: of the right
// table.
void learn_table_m(TableWeights& weights, std::size_t fields, std::span<const std::vector<TableScored>> rows,
                   std::size_t records);

// The probability of each candidate of one left record.
void table_posterior(const TableWeights& weights, std::size_t fields, std::span<const TableScored> candidates,
                     std::size_t records, std::vector<double>& probabilities);

}  // namespace sonae::link

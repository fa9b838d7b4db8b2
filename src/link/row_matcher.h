// One row against the registry: read, find candidates, compare, score. What matching one row and matching a
// whole list have in common; holds the working memory of one thread.
#pragma once

#include <vector>

#include "link/answer.h"
#include "link/candidates.h"
#include "link/ceiling.h"
#include "link/closer.h"
#include "link/household.h"
#include "link/matcher.h"
#include "link/posterior.h"
#include "link/reader.h"

namespace sonae::link {

class RowMatcher {
 public:
  RowMatcher(const Registry& registry, Date as_of);

  std::vector<Query> read(const Record& row);

  // The likeliest candidates by these weights, the best first; each resident once.
  void find(std::span<const Query> row, const LogWeights& weights, RowState& into);
  // Adds the members of a household that are not among the candidates yet.
  void add_household(std::span<const Query> row, const LogWeights& weights, std::uint32_t household,
                     RowState& into);

  // Probabilities, from the candidates and the boosts of `state`.
  void weigh(const LogWeights& weights, const Prior& prior, RowState& state);

  // How many others live with each candidate that is not out of the question.
  void count_others(RowState& state) const;

  // With how many others the residents live, of some drawn at even distances.
  SizeCounts household_sizes() const;

  Answer answer(std::span<const Query> row, const LogWeights& weights, const RowState& state,
                const MatchOptions& options) const;

 private:
  struct Found {
    Scored scored;
    std::uint32_t resident;
    std::uint32_t name;  // which of the row's names it was compared under
    float weight;
  };
  template <class Take>
  void for_each_member(std::uint32_t household, Take&& take) const;
  // Candidates of one row come in several steps: begin, keep for each, rank.
  void begin(std::span<const Query> row, const LogWeights& weights);
  void keep(std::span<const Query> row, std::span<const std::uint32_t> slots, const LogWeights& weights);
  void rank(std::span<const Query> row, const LogWeights& weights);
  // One number often stands for a whole family, on the list or in the registry: whose household has it, has
  // it.
  void share_phones(std::span<const Query> row, const LogWeights& weights);

  const Registry& registry_;
  Date as_of_;
  Comparison compare_;
  WordCache cache_;
  Candidates candidates_;
  Posterior posterior_;
  std::vector<ValueFrequencies> values_;  // of each of the row's names, as the two after it
  std::vector<Ceiling> ceilings_;
  std::vector<RowName> names_;
  std::vector<Found> found_;
  float even_ = 0;                 // a candidate of this weight is the row's person or not, even chances
  float least_ = 0;                // who weighs less than this is not worth keeping
  bool phone_met_ = false;         // somebody of a household has the row's number
  std::vector<Pattern> patterns_;  // of the candidates, by a first look
};

}  // namespace sonae::link

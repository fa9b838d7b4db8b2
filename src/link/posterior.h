// How probable it is that a row is this resident, that one, or none: Bayes' rule over all of them at once.
//
// Three kinds of hypothesis compete: each resident; a stranger; and somebody who is no resident but belongs
// to a resident's household (a guest, a newborn, a child who moved away): the family name and the address
// then agree for a reason, and only what is personal can tell the two apart.
#pragma once

#include <span>
#include <vector>

#include "link/score.h"

namespace sonae::link {

struct Prior {
  double log_resident = 0;  // log2 of the prior of each one resident
  double log_relative = 0;  // of somebody of each one household
  double log_stranger = 0;

  Prior(const Weights& weights, std::size_t residents);
};

struct Posterior {
  std::vector<double> of;  // for each candidate
  double relative = 0;     // somebody of a candidate's household who is no resident
  double stranger = 1;
};

// `boosts` (log2, one for each candidate, or empty) is what the neighbouring rows say for a household.
void posterior(const LogWeights& weights, const Prior& prior, std::span<const Scored> candidates,
               std::span<const float> boosts, Posterior& result);

}  // namespace sonae::link

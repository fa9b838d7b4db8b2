// How probable it is that a row is this resident, that one, or none: Bayes' rule over all of them at once.
//
// Three kinds of hypothesis compete: each resident; a stranger; and somebody who is no resident but belongs
// to a resident's household (a guest, a newborn, a child who moved away): the family name and the address
// then agree for a reason, and only what is personal can tell the two apart.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "link/row_state.h"
#include "link/score.h"

namespace sonae::link {

// What a row is before anything is compared, by what kind of address it gives: strangers mostly give one of
// another municipality, residents hardly ever.
struct Prior {
  std::array<double, kAddressKinds> log_resident{};   // log2 of the prior of each one resident
  std::array<double, kAddressKinds> log_residents{};  // of all of them together
  std::array<double, kAddressKinds> log_relative{};   // of somebody of each one household
  std::array<double, kAddressKinds> log_stranger{};

  Prior(const Weights& weights, std::size_t residents);
};

struct Posterior {
  std::vector<double> of;  // for each candidate
  double relative = 0;     // somebody of a candidate's household who is no resident
  double unreached = 0;    // a resident who is no candidate
  double stranger = 1;
  std::size_t relative_of = 0;    // the candidate whose relative it likeliest is
  std::vector<double> relatives;  // of each candidate: working memory
};

// Of a row's candidates, with what the rows beside it say where that was heard.
void posterior(const LogWeights& weights, const Prior& prior, const RowState& row, Posterior& result);

}  // namespace sonae::link

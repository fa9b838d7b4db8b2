// What people's decisions tell of the machine's probabilities: a correction that is kept apart from the
// weights, applied after them, and gone when it is dropped. Off where nobody asks for it.
//
// Decisions are made on doubtful rows, which are no fair sample of all rows: m and u learned from them would
// be wrong. What they do tell fairly is how often a stated probability was right; so the correction is a line
// through the log odds (Platt, "Probabilistic Outputs for Support Vector Machines", 1999), held to the
// identity by a prior, so that a handful of decisions changes next to nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "link/answer.h"
#include "link/matcher.h"

namespace sonae::link {

// What the machine had stated of its best candidate, and whether a person chose that one.
struct DecidedAnswer {
  double probability = 0;
  bool right = false;
};

struct Correction {
  static constexpr int kVersion = 1;

  double shift = 0;    // added to the log odds
  double slope = 1;    // times the log odds
  double decided = 0;  // by how many decisions
  double right = 0;    // share of these in which the machine's first was chosen

  double apply(double probability) const;  // monotone: the order of rows stays
  bool is_identity() const { return shift == 0 && slope == 1; }

  std::string to_json() const;
  static Result<Correction> from_json(std::string_view text);
};

Correction learn_correction(std::span<const DecidedAnswer> decisions);

// The answer with corrected probabilities and the decision that follows from them. What the machine was sure
// of without it stays a match: nobody was asked about such rows.
void correct(Answer& answer, const Correction& correction, const Thresholds& thresholds);

}  // namespace sonae::link

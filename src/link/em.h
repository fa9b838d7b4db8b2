// Learns the weights from the rows themselves, without a single decided pair: expectation maximisation
// (Dempster, Laird and Rubin, 1977) over the one-of-N model of posterior.h.
//
// E step: each row's posterior over its candidates and "no resident". M step: m of a level = the expected
// number of true pairs at that level, over those of its group (groups.h). The given weights stand as a prior
// of `prior_rows` rows, so that a list of 12 rows moves them little and one of 20,000 settles them.
#pragma once

#include <span>
#include <vector>

#include "link/posterior.h"
#include "link/row_state.h"

namespace sonae::link {

struct LearnOptions {
  double prior_rows = 60;
  int most_rounds = 25;
  unsigned threads = 1;        // has no influence on the result
  double until_change = 1e-4;  // stops when no m moves further than this
};

// `rows`: the scored candidates of each row. u is left as it is.
Weights learn_m(const Weights& start, std::span<const RowState> rows, std::size_t residents,
                const LearnOptions& options = {});

// u of the levels that no value's frequency gives (score.h), from pairs that were drawn at random; the given
// weights stand as a prior of `prior_pairs` pairs.
Weights learn_u(const Weights& start, std::span<const Pattern> random_pairs, double prior_pairs = 2000);

}  // namespace sonae::link

// What the rows beside a row say: families are written down together, so a candidate who lives with somebody
// who was found two lines above is likelier than one who does not.
//
// How much likelier is learned from the list itself: how often surely found rows have a member of their
// household beside them, against how often they have one at a far place of the list. Where the list was
// shuffled the two are the same, and the weight is nothing. Likewise how often a row beside is of the same
// person: seldom, so that a family's third row without a given name is the one who was not named yet.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "link/row_state.h"

namespace sonae::link {

inline constexpr std::size_t kRowsBeside = 3;  // on either side

// log2 of how much likelier it makes a candidate that a row beside is ...
struct NeighbourWeights {
  double household = 0;  // ... of somebody else of the household; 0 where nothing can be learned
  double again = 0;      // ... the candidate's own: people do get written down twice
};
NeighbourWeights learn_neighbour_weights(std::span<const RowState> rows, std::size_t residents,
                                         unsigned threads = 1);

// How surely a row beside row `at` is somebody else of this household, and how surely the resident.
struct Beside {
  double household = 0, resident = 0;
};
Beside beside(std::span<const RowState> rows, std::size_t at, std::uint32_t household,
              std::uint32_t resident);

// Fills in boosts of row `at` from the probabilities of its neighbours.
void hear_neighbours(std::span<const RowState> rows, std::size_t at, const NeighbourWeights& weights,
                     std::vector<Boost>& boosts);

}  // namespace sonae::link

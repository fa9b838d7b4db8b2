// What the rows beside a row say: families are written down together, so a candidate who lives with somebody
// who was found two lines above is likelier than one who does not.
//
// How much likelier is learned from the list itself: how often surely found rows have a member of their
// household beside them, against how often they have one at a far place of the list. Where the list was
// shuffled the two are the same, and the weight is nothing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "link/row_state.h"

namespace sonae::link {

inline constexpr std::size_t kRowsBeside = 3;  // on either side

// log2 of the ratio; 0 where nothing can be learned.
double learn_household_weight(std::span<const RowState> rows, std::size_t residents);

// How surely a row beside row `at` is somebody else of this household.
double household_beside(std::span<const RowState> rows, std::size_t at, std::uint32_t household,
                        std::uint32_t resident);

// Fills in boosts of row `at` from the probabilities of its neighbours.
void hear_neighbours(std::span<const RowState> rows, std::size_t at, double weight,
                     std::vector<float>& boosts);

}  // namespace sonae::link

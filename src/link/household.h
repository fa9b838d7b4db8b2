// What the rows beside a row say: families are written down together, so a candidate who lives with somebody
// who was found two lines above is likelier than one who does not, and one whose whole family is missing is
// less likely; of somebody who lives alone it says nothing.
//
// How much that is worth is learned from the list itself: how often surely found rows have a member of their
// household beside them, by how many there are, against how often they have one at a far place of the list.
// Where the list was shuffled the two are the same, and the weight is nothing. Likewise how often a row
// beside is of the same person: seldom, so that a family's third row without a given name is the one who was
// not named yet; and how often relatives who are no residents stand beside those they stay with.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "link/row_state.h"

namespace sonae::link {

inline constexpr std::size_t kRowsBeside = 5;  // on either side: a family of six stands on six lines

// log2 of how much likelier it makes a candidate that somebody else of the household stands beside the row,
// that all the others do, and that nobody does.
struct NeighbourRatio {
  double present = 0, absent = 0, whole = present;
  // Of those with somebody beside, the share with all the others; whoever lives with one other has all.
  double share_whole = 1;
};

struct NeighbourWeights {
  static constexpr std::size_t kSizes = 4;         // lives alone, with one, with two, with three or more
  std::array<NeighbourRatio, kSizes> of_member{};  // by with how many the candidate lives
  // That somebody of so large a household stands on such a list at all: families come together.
  std::array<double, kSizes> of_size{};
  NeighbourRatio of_relative;  // that somebody of the household is no resident: anybody of it beside or not
  double unreached = 0;        // that nobody of a household stands beside; of anybody
  double again = 0;            // the candidate's own row beside: people do get written down twice
  double household = 0;        // over all sizes; 0 where nothing can be learned
  // Shares of rows: with one of the household beside, and with one half the list away.
  double with = 0, without = 0;
};
// `sizes`: how many of the residents (or of some drawn of them) live alone, with one, and so on.
using SizeCounts = std::array<double, NeighbourWeights::kSizes>;
NeighbourWeights learn_neighbour_weights(std::span<const RowState> rows, std::size_t residents,
                                         const SizeCounts& sizes = {}, unsigned threads = 1);
// Once more how often relatives who are no residents have their hosts beside, now that the neighbours were
// heard: before, some of them were residents.
void learn_relatives_again(std::span<const RowState> rows, NeighbourWeights& weights);

// How surely a row beside row `at` is somebody else of this household, the resident, either of them.
struct Beside {
  double household = 0, resident = 0, either = 0;
  std::size_t members = 0;  // how many others of the household stand there
};
Beside beside(std::span<const RowState> rows, std::size_t at, std::uint32_t household,
              std::uint32_t resident);

// Fills in boosts of row `at` from the probabilities of its neighbours.
void hear_neighbours(std::span<const RowState> rows, std::size_t at, const NeighbourWeights& weights,
                     std::vector<Boost>& boosts);

}  // namespace sonae::link

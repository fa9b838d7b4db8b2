// One row on its way to an answer: who it may be, and how probable that is so far.
#pragma once

#include <cstdint>
#include <vector>

#include "link/score.h"

namespace sonae::link {

struct RowState {
  AddressKind address = AddressKind::none;
  std::vector<Scored> candidates;
  std::vector<std::uint32_t> residents;  // the slot of the resident behind each candidate (aliases)
  std::vector<double> probabilities;     // of each candidate
  std::vector<float> boosts;             // of each candidate; empty until the neighbours were heard
};

}  // namespace sonae::link

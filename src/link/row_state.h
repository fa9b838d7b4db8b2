// One row on its way to an answer: who it may be, and how probable that is so far.
#pragma once

#include <cstdint>
#include <vector>

#include "link/score.h"

namespace sonae::link {

// What the rows beside a row say for a candidate, in log2.
struct Boost {
  float resident = 0;   // that the row is this resident
  float household = 0;  // that it is somebody of the household
  float family = 0;     // of `resident`: for others of the household being near, or not; the rest is for the
                        // resident's being written near already, and for:
  float size = 0;       // of `resident`: that people of so large households stand on such lists
};

struct RowState {
  AddressKind address = AddressKind::none;
  Leads leads;
  std::vector<Scored> candidates;
  std::vector<std::uint32_t> residents;  // the slot of the resident behind each candidate (aliases)
  std::vector<double> probabilities;     // of each candidate
  std::vector<std::uint8_t> others;      // who live with each candidate, as far as asked for
  double relative = 0;                   // that the row is somebody of a household who is no resident
  std::size_t relative_of = 0;           // likeliest of this candidate's
  std::vector<Boost> boosts;             // of each candidate; empty until the neighbours were heard
  float boost_of_unreached = 0;          // of all residents who are no candidates
};

}  // namespace sonae::link

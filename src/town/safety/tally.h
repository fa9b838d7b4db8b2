// Counting: the residents of an area, sorted into confirmed and unconfirmed, by age, need and town.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "town/safety/inside.h"

namespace sonae::safety {

// How a resident stands.
enum class Standing : std::uint8_t { unconfirmed, by_machine, by_person };

struct Tally {
  UnconfirmedAnswer numbers;  // all but rows
  std::vector<std::uint32_t>
      unconfirmed;  // indexes into PlacedResidents::residents, by town, block, household
  std::vector<std::uint32_t> not_placed;  // the same of those who cannot be placed, unconfirmed
};

// Counts only those whom the filter shows.
Tally tally(const PlacedResidents& placed, const std::vector<Where>& where,
            const std::vector<Standing>& standing, const registry::OutputFilter& filter, Date today,
            Language language);

// How each of the placed residents stands by what matching knows now.
std::vector<Standing> standings(store::Connection& connection, const PlacedResidents& placed);

}  // namespace sonae::safety

// Where everybody is on the second day after the fictional tsunami. Pure; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "demo/town.h"

namespace sonae::demo {

enum class Whereabouts : std::uint8_t { at_shelter, at_home, with_relatives, away, unknown };
std::string_view name_of(Whereabouts where);

struct Stay {
  Whereabouts where = Whereabouts::at_home;
  std::uint32_t shelter = 0;  // index into Places::open_shelters() where at_shelter
};

// One for each of the household, in its order. Families keep together, mostly.
std::vector<Stay> stays_of(const Places& places, const TownOptions& options, const Household& household);

bool lives_where_the_tsunami_came(const Places& places, const Resident& resident);

}  // namespace sonae::demo

// Families of whom not everybody has a name yet. Pure.
#pragma once

#include <span>
#include <vector>

#include "town/shelter/requests.h"

namespace sonae::shelter {

// Of those who stay at the shelter or belong to it from outside; the family that came first is first.
std::vector<FamilyToName> families_to_name(std::span<const reception::Entry> entries);

}  // namespace sonae::shelter

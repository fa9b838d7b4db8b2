// Who stands on which shelter's list, before anybody writes it: families as they came, visitors, people who
// moved away long ago, and those who were written down twice.
#pragma once

#include <vector>

#include "demo/sheet.h"

namespace sonae::demo {

struct Arrival {
  Resident person;
  Who who = Who::resident;
};
using Group = std::vector<Arrival>;  // came together, of one household

// For each of Places::open_shelters() the groups in the order in which they were written down.
std::vector<std::vector<Group>> arrivals(const Names& names, const Places& places, const TownOptions& town,
                                         const ListOptions& options);

}  // namespace sonae::demo

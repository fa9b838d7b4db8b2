// Who stands on which shelter's list, before anybody writes it: families as they came, visitors, people who
// moved away long ago, and those who were written down twice.
#pragma once

#include <vector>

#include "demo/sheet.h"

namespace sonae::demo {

// Whom to write down: not the person, but how to make the person again, so that the lists of a million
// residents fit into memory.
struct Arrival {
  std::uint64_t household = 0;
  std::uint64_t first_number = 0;  // of its head
  std::uint32_t member = 0;
  Who who = Who::resident;
};
using Group = std::vector<Arrival>;  // came together, of one household

// For each of Places::open_shelters() the groups in the order in which they were written down.
std::vector<std::vector<Group>> arrivals(const Names& names, const Places& places, const TownOptions& town,
                                         const ListOptions& options);

// The people of a group, in its order. Who is not a resident has no id.
std::vector<Resident> people_of(const Names& names, const Places& places, const TownOptions& town,
                                const Group& group);

}  // namespace sonae::demo

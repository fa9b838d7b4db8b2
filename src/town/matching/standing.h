// How each entry stands: what people decided, else what the machine answers. The rule is here alone.
#pragma once

#include <optional>
#include <vector>

#include "town/matching/answers.h"
#include "town/matching/requests.h"

namespace sonae::matching {

// Of one entry, as few columns as lists and counts need.
struct Standing {
  EntryId entry;
  std::string shelter;
  State state = State::none;
  std::optional<ResidentId> resident;  // decided or matched; where the machine asks, the likeliest
  double probability = 0;
};

// The state that follows: two decisions that differ are a question, one stands whatever the machine says.
State state_of(const std::vector<Decision>& decisions, std::optional<link::Decision> machine, bool named);

std::vector<Decision> decisions_on(store::Connection& connection, const reception::Entry& entry);

// All entries that are not withdrawn, as they stand on the sheets.
std::vector<Standing> all_standings(store::Connection& connection);

// Which residents an entry may be taken for: those decided, and the machine's first.
std::vector<ResidentId> residents_behind(store::Connection& connection, const EntryId& entry);

}  // namespace sonae::matching

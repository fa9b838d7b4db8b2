// Learning from what people decided: a correction of the machine's probabilities (link/decisions.h), a node's
// own, kept apart from its weights. Off until somebody turns it on, and gone when it is turned off.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "link/decisions.h"
#include "town/matching/answers.h"

namespace sonae::matching {

inline constexpr const char* kCorrection = "correction";  // remembered: empty while learning is off

// What people decided of the entries that the machine asked about. `entries` are those of the answers.
std::vector<link::DecidedAnswer> decided_answers(store::Connection& connection,
                                                 std::span<const EntryId> entries,
                                                 std::span<const link::Answer> answers);

}  // namespace sonae::matching

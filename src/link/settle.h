// What a clerk should ask to settle a doubtful row.
#pragma once

#include <optional>

#include "base/phrase.h"
#include "link/patterns.h"

namespace sonae::link {

// From how the best candidate agrees, and the next best where there is one.
Phrase what_would_settle(Pattern best, std::optional<Pattern> next);

}  // namespace sonae::link

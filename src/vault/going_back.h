// Takes a restored town back to what its lost nodes had received up to a time. Nothing is dropped: the later
// entries of their urgent and ordinary logs are quarantined, as those of a revoked node are, and a person can
// still judge each stretch (nodes.judge). Protections, passwords and the record of looks are not taken back:
// a person who was protected later must not come into view again. docs/backup.md says what is exact.
#pragma once

#include "town/town.h"

namespace sonae::vault {

// How many entries were set aside; not_found where nothing at all is as old as that.
Result<std::uint64_t> go_back(town::Town& town, Instant as_of);

}  // namespace sonae::vault

// Lets old backups of one node go.
#pragma once

#include "vault/manifest.h"

namespace sonae::vault {

// Removes the manifests of `newest`'s node but the newest `keep` (one at least), then the objects that only
// these named. An object that another backup names stays, whoever made it. What runs that were
// cut off left, and nobody names, goes after a week. How many backups went.
Result<std::uint64_t> retain_newest(Target& target, const Manifest& newest, std::int64_t keep);

}  // namespace sonae::vault

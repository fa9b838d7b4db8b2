// Differences between two snapshots as a derived file (DIR/index/differences-<fact>-<fact>.txt), so that they
// are found once and not at every start. A file that is not what was written is as if it were not there.
#pragma once

#include "base/env.h"
#include "town/registry/differences.h"

namespace sonae::registry {

std::string pair_file_name(const FactId& before, const FactId& after);
std::optional<PairDifferences> read_pair(Env& env, const std::string& path);
Status write_pair(Env& env, const std::string& path, const PairDifferences& differences);

}  // namespace sonae::registry

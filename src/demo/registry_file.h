// The demonstration town's registry as a file, in any of the layouts (layouts.h).
#pragma once

#include "base/progress.h"
#include "demo/layouts.h"
#include "demo/town.h"

namespace sonae::demo {

// Writes all of the town, in pieces: memory does not grow with it. The number of residents is returned.
Result<std::uint64_t> write_registry(Env& env, const std::string& path, Town& town, Layout layout,
                                     Progress& progress);

}  // namespace sonae::demo

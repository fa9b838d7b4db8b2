// The residents of a registry file of any layout, without a town: for `sonae match --registry FILE --layout
// NAME`.
#pragma once

#include <optional>
#include <string>

#include "base/env.h"
#include "link/match_files.h"

namespace sonae::registry {

// Reads the file when it is called. Who does not live there any more (moved out, died, removed) is left out.
// `today` settles two-digit years; the layout is found by the header where none is named.
link::RegistrySource residents_of_file(Env& env, const std::string& data_directory, const std::string& path,
                                       const std::optional<std::string>& layout, Date today);

}  // namespace sonae::registry

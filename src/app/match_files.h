// sonae match --registry FILE --list FILE --out FILE: without a town, files in, file out.
#pragma once

#include <string>

#include "app/console.h"

namespace sonae::app {

struct MatchFilesArguments {
  std::string registry, list, out, layout, index, as_of;
};
int match_files_command(Env& env, const MatchFilesArguments& arguments, const Output& output);

}  // namespace sonae::app

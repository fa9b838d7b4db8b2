// sonae store: where a town's database lies.
#pragma once

#include "app/command_line.h"

namespace sonae::app {

void add_store_commands(CommandLine& line);  // store move

}  // namespace sonae::app

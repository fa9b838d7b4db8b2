// Where this machine keeps things: read once, at the start of a command.
#pragma once

#include <string>

#include "town/town.h"

namespace sonae::app {

// data: SONAE_DATA, else ../share/sonae/data or ../../data from the program.
// keys: SONAE_KEYS, else $XDG_STATE_HOME/sonae/keys, else ~/.local/state/sonae/keys.
town::Places default_places();

// The name of the operating-system user, "user" where there is none.
std::string operating_system_user();

// What LC_ALL, LC_MESSAGES or LANG ask for.
Language language_of_environment();

}  // namespace sonae::app

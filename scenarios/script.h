// The text of a scenario, cut into steps. scenarios/README.md describes the format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sonae::scenario {

// One step: the line that begins it, without its comment, and the indented lines below it, without their two
// spaces.
struct Step {
  int line = 0;
  std::string verb;                // the first word
  std::string rest;                // what follows it on the line
  std::vector<std::string> block;  // the indented lines
};
Result<std::vector<Step>> parse_script(std::string_view text);

// The first word of a text, and what follows it.
std::pair<std::string, std::string> first_word(std::string_view text);

// The cells of "| a | b |", without the space around them.
std::vector<std::string> table_cells(std::string_view line);

}  // namespace sonae::scenario

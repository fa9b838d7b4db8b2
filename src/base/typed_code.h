// Codes that people copy from paper by hand: letters and digits that are not taken for one another, and a
// check letter at the end. docs/formats.md, "Codes on paper".
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"

namespace sonae {

// The first `count` symbols (five bits each, the most significant bit first) of `bytes`, and their check
// letter.
std::string typed_code(BytesView bytes, std::size_t count);
// The check letter of symbols of the alphabet; what is not of the alphabet counts as 0.
char check_letter(std::string_view symbols);
// In groups of four, as it is printed: "7KQF-012A-M3XW-P".
std::string in_groups(std::string_view code);

}  // namespace sonae

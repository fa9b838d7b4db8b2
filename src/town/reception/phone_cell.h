// Phone numbers as people write them and as spreadsheets damage them. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "town/reception/facts.h"

namespace sonae::reception {

bool looks_like_phone(std::string_view written);

// The number as written; where a spreadsheet took its first 0 (9012345678), with the 0. Empty where nothing
// of the number is left (9.01235E+09) or there is none (なし).
std::string read_phone(std::string_view written, std::vector<Remark>& remarks);

}  // namespace sonae::reception

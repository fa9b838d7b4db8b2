// Ages as people write them: 70, ７０歳, 0歳6か月, 生後3ヶ月, 1歳半, 70代, 約60. Pure, any thread.
#pragma once

#include <optional>
#include <string_view>

namespace sonae::reception {

struct AgeReading {
  std::optional<int> years;   // absent: out of range
  std::optional<int> months;  // beyond the years; only where months were written
  bool rough = false;         // 70代, 約60, 30くらい
};

// Absent where the text is not an age. `needs_unit`: a bare number is none (in a cell for names).
std::optional<AgeReading> read_age(std::string_view written, bool needs_unit = false);

}  // namespace sonae::reception

// Numbers as Japanese text writes them. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sonae::text {

// The value of a digit in any form (3, ３, 三, 参, 〇); -1 for all else. Not 十, not 廿.
int digit_of(char32_t c);
bool is_numeral(char32_t c);  // a digit, or one of 十 廿 卅 百 千 拾

// Reads the longest number at `at` and moves it behind: "23", "２３", "二三", "二十三", "廿三",
// "千九百四十八". Absent where none begins there, or where it is over 99,999,999.
struct Numeral {
  std::uint32_t value = 0;
  int digits = 0;  // as many as were written positionally; 0 where 十, 百 or 千 took part
};
std::optional<Numeral> read_numeral(std::u32string_view text, std::size_t& at);

}  // namespace sonae::text

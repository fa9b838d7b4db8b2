// Kana in the ways people write it, from katakana. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "demo/dice.h"

namespace sonae::demo {

std::vector<std::string_view> characters_of(std::string_view text);  // views into the text; UTF-8

std::string in_hiragana(std::string_view katakana);
std::string in_half_width(std::string_view katakana);  // ﾜﾀﾅﾍﾞ; spaces become half-width too
std::string in_full_width(std::string_view digits_and_hyphens);

// One kana as it is misheard or mistyped (タ for ダ, ウ for ー, ヂ for ジ, ユ for ュ); false where none is.
bool mishear(Dice& dice, std::string& katakana);

}  // namespace sonae::demo

// Check digits (検査数字) of Japanese numbers. A number that fails is worth a warning, never a rejection.
#pragma once

#include <string_view>

#include "town/registry/layout.h"

namespace sonae::registry {

// 個人番号, 12 digits: 総務省令第八十五号 (平成26年) 第五条.
bool my_number_is_sound(std::string_view twelve_digits);
// 住民票コード, 11 digits: the same scheme over ten (住民基本台帳法施行規則; agrees with the sample seen).
bool resident_code_is_sound(std::string_view eleven_digits);
// 全国地方公共団体コード, 6 digits: weights 6, 5, 4, 3, 2.
bool municipality_code_is_sound(std::string_view six_digits);

bool check_digit_fits(CheckDigitKind kind, std::string_view digits);

}  // namespace sonae::registry

// The check digit that 個人番号 (12 digits) and 住民票コード (11 digits) end with.
#pragma once

#include <string_view>

namespace sonae::text {

// Whether digits (figures only, the check digit last) fit: with P1 the last digit before it, weighted n+1 up
// to the sixth and n-5 beyond, it is 11 less the remainder of the sum by 11, and 0 where that is 0 or 1.
bool weighted_check_digit_fits(std::string_view digits);

}  // namespace sonae::text

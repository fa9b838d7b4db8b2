#include "town/registry/check_digit.h"

#include <algorithm>

namespace sonae::registry {
namespace {

bool all_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int digit(char c) {
  return c - '0';
}

// P1 is the last digit before the check digit; its weight Qn is n+1 up to the sixth and n-5 beyond. The check
// digit is 11 less the remainder of the sum by 11, and 0 where the remainder is 0 or 1.
bool weighted_sum_fits(std::string_view digits) {
  int sum = 0;
  const int body = static_cast<int>(digits.size()) - 1;
  for (int n = 1; n <= body; ++n)
    sum += digit(digits[static_cast<std::size_t>(body - n)]) * (n <= 6 ? n + 1 : n - 5);
  const int remainder = sum % 11;
  return digit(digits.back()) == (remainder <= 1 ? 0 : 11 - remainder);
}

}  // namespace

bool my_number_is_sound(std::string_view digits) {
  return all_digits(digits, 12) && weighted_sum_fits(digits);
}

bool resident_code_is_sound(std::string_view digits) {
  return all_digits(digits, 11) && weighted_sum_fits(digits);
}

bool municipality_code_is_sound(std::string_view digits) {
  if (!all_digits(digits, 6)) return false;
  int sum = 0;
  for (int i = 0; i < 5; ++i)
    sum += digit(digits[static_cast<std::size_t>(i)]) * (6 - i);
  return digit(digits[5]) == (11 - sum % 11) % 10;
}

bool check_digit_fits(CheckDigitKind kind, std::string_view digits) {
  switch (kind) {
    case CheckDigitKind::none:
      return true;
    case CheckDigitKind::my_number:
      return my_number_is_sound(digits);
    case CheckDigitKind::resident_code:
      return resident_code_is_sound(digits);
    case CheckDigitKind::municipality_code:
      // Some files leave the check digit out.
      return all_digits(digits, 5) || municipality_code_is_sound(digits);
  }
  return true;
}

}  // namespace sonae::registry

#include "town/registry/check_digit.h"

#include <algorithm>

#include "text/check_digit.h"

namespace sonae::registry {
namespace {

bool all_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int digit(char c) {
  return c - '0';
}

}  // namespace

bool my_number_is_sound(std::string_view digits) {
  return all_digits(digits, 12) && text::weighted_check_digit_fits(digits);
}

bool resident_code_is_sound(std::string_view digits) {
  return all_digits(digits, 11) && text::weighted_check_digit_fits(digits);
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

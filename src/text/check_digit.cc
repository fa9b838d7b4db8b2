#include "text/check_digit.h"

namespace sonae::text {

bool weighted_check_digit_fits(std::string_view digits) {
  if (digits.size() < 2) return false;
  int sum = 0;
  const int body = static_cast<int>(digits.size()) - 1;
  for (int n = 1; n <= body; ++n)
    sum += (digits[static_cast<std::size_t>(body - n)] - '0') * (n <= 6 ? n + 1 : n - 5);
  const int remainder = sum % 11;
  return digits.back() - '0' == (remainder <= 1 ? 0 : 11 - remainder);
}

}  // namespace sonae::text

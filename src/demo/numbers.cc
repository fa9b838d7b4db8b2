#include "demo/numbers.h"

#include <array>

#include <fmt/format.h>

namespace sonae::demo {

namespace {

// Spreads 0 .. size - 1 over the same range without repeating: both factors have no divisor in common with a
// power of ten.
std::uint64_t spread(std::uint64_t number, std::uint64_t size) {
  return (number * 7'654'321 + 1'234'567) % size;
}

// 個人番号 (平成26年総務省令第85号第5条): the sum of P_n Q_n, P_n the n-th digit from the right, Q_n = n + 1
// up to 6 and n - 5 above, taken from 11 by its remainder. 住民票コード is checked in the same way.
char check_digit(const std::string& body) {
  int sum = 0;
  for (int n = 1; n <= static_cast<int>(body.size()); ++n)
    sum += (body[body.size() - static_cast<std::size_t>(n)] - '0') * (n <= 6 ? n + 1 : n - 5);
  const int remainder = sum % 11;
  return remainder <= 1 ? '0' : static_cast<char>('0' + 11 - remainder);
}

}  // namespace

std::string resident_id(std::uint64_t number) {
  const std::uint64_t gap = number * 2'654'435'761 >> 7 & 3;
  return fmt::format("{:010}", 1'000'000'000 + number * 4 + gap);
}

std::string household_id(std::uint64_t number) {
  return fmt::format("{:010}", 5'000'000'000 + number * 3);
}

std::string resident_code(std::uint64_t number) {
  std::string code = fmt::format("99{:08}", spread(number, 100'000'000));
  code += check_digit(code);
  return code;
}

std::string personal_number(std::uint64_t number) {
  std::string digits = fmt::format("99{:09}", spread(number, 1'000'000'000));
  digits += check_digit(digits);
  return digits;
}

std::string landline(std::uint64_t household) {
  if (household >= 100'000) return {};
  const std::uint64_t digits = spread(household, 100'000);
  return fmt::format("0735-0{}-{:04}", digits / 10'000, digits % 10'000);
}

std::string mobile(std::uint64_t number) {
  static constexpr std::array kPrefixes = {"090", "080", "070"};
  const std::uint64_t digits = spread(number, 10'000'000);
  return fmt::format("{}-0{:03}-{:04}", kPrefixes[number * 5 / 7 % 3], digits / 10'000, digits % 10'000);
}

}  // namespace sonae::demo

#include "base/typed_code.h"

namespace sonae {

namespace {

// Crockford's base32 (https://www.crockford.com/base32.html): without I, L, O and U.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr unsigned kBits = 5;

// Times 2 in GF(32) modulo x^5 + x^2 + 1, a primitive polynomial: 2 generates all 31 elements but 0.
unsigned doubled(unsigned value) {
  value <<= 1;
  return (value & 32U) != 0 ? value ^ 0b100101U : value;
}

}  // namespace

// The sum of 2^i times the i-th symbol from the right: a wrong symbol changes it, and so do two that were
// swapped, in up to 31 symbols.
char check_letter(std::string_view symbols) {
  unsigned sum = 0;
  for (const char symbol : symbols) {
    const std::size_t value = kAlphabet.find(symbol);
    sum = doubled(sum ^ (value == std::string_view::npos ? 0U : static_cast<unsigned>(value)));
  }
  return kAlphabet[sum];
}

std::string typed_code(BytesView bytes, std::size_t count) {
  std::string code;
  unsigned held = 0, bits = 0;
  for (const char byte : bytes) {
    held = (held << 8) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= kBits && code.size() < count; bits -= kBits)
      code += kAlphabet[(held >> (bits - kBits)) & 31U];
    held &= (1U << bits) - 1;
    if (code.size() == count) break;
  }
  return code + check_letter(code);
}

std::string in_groups(std::string_view code) {
  std::string grouped;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % 4 == 0) grouped += '-';
    grouped += code[i];
  }
  return grouped;
}

}  // namespace sonae

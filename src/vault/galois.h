// The two finite fields of recovery shares. Products take the same time whatever the numbers, as they are of
// secrets.
#pragma once

#include <cstdint>

namespace sonae::vault {

// GF(2^Bits) modulo the polynomial whose bits are given.
template <int Bits, std::uint32_t Modulus>
struct Galois {
  static constexpr std::uint32_t kOrder = (1U << Bits) - 1;  // of the multiplicative group

  static constexpr std::uint32_t product(std::uint32_t one, std::uint32_t other) {
    std::uint32_t result = 0;
    for (int bit = Bits - 1; bit >= 0; --bit) {
      result <<= 1;
      result ^= Modulus & (0U - (result >> Bits));
      result ^= one & (0U - ((other >> bit) & 1U));
    }
    return result;
  }
  static constexpr std::uint32_t power(std::uint32_t base, std::uint32_t exponent) {
    std::uint32_t result = 1;
    for (; exponent != 0; exponent >>= 1, base = product(base, base))
      if ((exponent & 1U) != 0) result = product(result, base);
    return result;
  }
  // Of zero: zero.
  static constexpr std::uint32_t inverse(std::uint32_t value) { return power(value, kOrder - 1); }
};

using Galois256 = Galois<8, 0x11B>;    // x^8 + x^4 + x^3 + x + 1: bytes, for Shamir's shares
using Galois1024 = Galois<10, 0x409>;  // x^10 + x^3 + 1, in which x generates all: words, for check words

}  // namespace sonae::vault

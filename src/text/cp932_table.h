// The code table of CP932 (Windows-31J), both ways. Built once from ICU's; every thread may use it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace sonae::text {

struct Cp932Table {
  // By the two bytes of a code, or by its one byte: the character, 0 where there is none. All are in the BMP.
  std::array<std::uint16_t, 0x10000> character{};
  // The same as UTF-8: the bytes from the lowest up, and in the highest byte how many there are, with kSecond
  // where the character has another code that comes first. 0 where there is no character.
  std::array<std::uint32_t, 0x10000> utf8{};
  static constexpr std::uint32_t kSecond = 0x80000000;
  // By character: the code that Windows chooses, 0 where there is none (and for U+0000).
  std::array<std::uint16_t, 0x10000> code{};
};
const Cp932Table& cp932_table();

constexpr bool is_cp932_lead(unsigned char byte) {
  return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}
constexpr bool is_cp932_trail(unsigned char byte) {
  return byte >= 0x40 && byte <= 0xFC && byte != 0x7F;
}

}  // namespace sonae::text

// One notation for all the ways in which an address is typed: width, dashes, kana, kanji variants and
// numerals are brought to symbols that can be compared, each of which remembers the bytes it was written
// with. Immutable after building; every thread may use it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/tables.h"

namespace sonae::text {

// A folded character, or a whole number with the top bit set: ２０, 20 and 二十 are one symbol.
using Symbol = std::uint32_t;
inline constexpr Symbol kNumberBit = 0x8000'0000;
inline constexpr Symbol number_symbol(std::uint32_t value) {
  return kNumberBit | value;
}
inline constexpr bool is_number(Symbol symbol) {
  return (symbol & kNumberBit) != 0;
}
inline constexpr std::uint32_t number_of(Symbol symbol) {
  return symbol & ~kNumberBit;
}
inline constexpr std::uint32_t kGreatestNumber = 999'999'999;  // longer runs of digits are cut into several

struct Piece {
  Symbol symbol = 0;
  std::uint32_t begin = 0;  // bytes of the written text
  std::uint32_t end = 0;
  bool after_gap = false;     // white space or a comma stood before it
  bool kanji_number = false;  // a number written with 一二三
};

// The pieces of one text, without allocating. Addresses have some 20 pieces; what is longer than the limit is
// cut there, and `read_bytes` says how far the text was read.
class Pieces {
 public:
  static constexpr std::size_t kLimit = 160;
  std::size_t size() const { return count_; }
  const Piece& operator[](std::size_t at) const { return pieces_[at]; }
  // Beyond the end stands a symbol that equals no other, so that looking ahead needs no test.
  Symbol at(std::size_t index) const { return index < count_ ? pieces_[index].symbol : kNothing; }
  bool gap_before(std::size_t index) const { return index >= count_ || pieces_[index].after_gap; }
  std::uint32_t begin_of(std::size_t index) const {
    return index < count_ ? pieces_[index].begin : read_bytes;
  }
  std::uint32_t read_bytes = 0;

  static constexpr Symbol kNothing = 0;

 private:
  friend class AddressNotation;
  std::array<Piece, kLimit> pieces_;
  std::size_t count_ = 0;
};

class AddressNotation {
 public:
  // Kanji variants are those of `tables`.
  explicit AddressNotation(const Tables& tables);

  // What is not UTF-8 is read as U+FFFD, byte by byte.
  void read(std::string_view written, Pieces& into) const;
  std::vector<Symbol> symbols(std::string_view written) const;  // for names of the gazetteer

 private:
  class Reader;
  void add_kanji_variants(const Tables& tables);

  std::array<std::uint16_t, 0x10000> folded_;  // of the basic plane; 0: left out, 1: a gap
};

}  // namespace sonae::text

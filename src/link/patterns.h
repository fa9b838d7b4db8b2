// An agreement pattern: the levels of all compared fields in one 64-bit word, four bits each.
#pragma once

#include <cstdint>

#include "link/fields.h"

namespace sonae::link {

class Pattern {
 public:
  Pattern() = default;
  std::uint8_t level(Field field) const { return (levels_ >> shift(field)) & 15U; }
  void set(Field field, std::uint8_t level) {
    levels_ = (levels_ & ~(15ULL << shift(field))) | (static_cast<std::uint64_t>(level) << shift(field));
  }
  std::uint64_t bits() const { return levels_; }
  friend bool operator==(const Pattern&, const Pattern&) = default;

 private:
  static unsigned shift(Field field) { return 4U * static_cast<unsigned>(field); }
  std::uint64_t levels_ = 0;
};

}  // namespace sonae::link

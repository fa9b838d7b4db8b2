// A number that stands for a person (個人番号, 住民票コード, or a source's own), as far as linkage keeps it:
// a hash of 16 bits, which of 65,536 people one shares by chance. The number itself is not kept.
//
// A check digit that fails means a misread or mistyped figure; the few numbers that one slip makes of it and
// whose check digit fits are what may have been meant.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sonae::link {

struct Code {
  static constexpr std::size_t kMostMeant = 24;

  std::uint16_t hash = 0;  // 0: none
  bool unsound = false;    // the check digit fails
  std::uint8_t meant_count = 0;
  std::array<std::uint16_t, kMostMeant> meant{};  // where it fails

  bool may_mean(std::uint16_t other) const;
};

Code read_code(std::string_view written);

}  // namespace sonae::link

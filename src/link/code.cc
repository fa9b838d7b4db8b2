#include "link/code.h"

#include <algorithm>
#include <string>

#include "link/characters.h"
#include "link/keys.h"
#include "text/check_digit.h"

namespace sonae::link {
namespace {

constexpr std::size_t kLongest = 32;

std::uint16_t hash_of(std::string_view code) {
  const auto hash = static_cast<std::uint16_t>(hash_text(code) >> 48);
  return hash == 0 ? 1 : hash;
}

// Figures and letters, half width, without spaces and strokes between them.
std::string plain(std::string_view written) {
  std::string code;
  while (!written.empty() && code.size() < kLongest) {
    char32_t c = next_character(written);
    if (c >= U'０' && c <= U'ｚ') c -= U'０' - U'0';
    if (c >= 'a' && c <= 'z') c -= 32;
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) code += static_cast<char>(c);
  }
  return code;
}

}  // namespace

bool Code::may_mean(std::uint16_t other) const {
  return std::find(meant.begin(), meant.begin() + meant_count, other) != meant.begin() + meant_count;
}

Code read_code(std::string_view written) {
  Code code;
  std::string figures = plain(written);
  if (figures.size() < 4) return code;
  code.hash = hash_of(figures);
  const bool has_check_digit = (figures.size() == 11 || figures.size() == 12) &&
                               std::ranges::all_of(figures, [](char c) { return c <= '9'; });
  if (!has_check_digit || text::weighted_check_digit_fits(figures)) return code;
  code.unsound = true;
  const auto try_it = [&] {
    if (code.meant_count < Code::kMostMeant && text::weighted_check_digit_fits(figures))
      code.meant[code.meant_count++] = hash_of(figures);
  };
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const char was = figures[i];
    for (char c = '0'; c <= '9'; ++c) {
      figures[i] = c;
      if (c != was) try_it();
    }
    figures[i] = was;
    if (i + 1 < figures.size() && figures[i] != figures[i + 1]) {
      std::swap(figures[i], figures[i + 1]);
      try_it();
      std::swap(figures[i], figures[i + 1]);
    }
  }
  return code;
}

}  // namespace sonae::link

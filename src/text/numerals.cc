#include "text/numerals.h"

namespace sonae::text {

int digit_of(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
  if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
  switch (c) {
    case U'〇':
    case U'零':
    case U'○':
    case U'◯':
      return 0;
    case U'一':
    case U'壱':
    case U'壹':
    case U'弌':
      return 1;
    case U'二':
    case U'弐':
    case U'貳':
    case U'貮':
      return 2;
    case U'三':
    case U'参':
    case U'參':
      return 3;
    case U'四':
    case U'肆':
      return 4;
    case U'五':
    case U'伍':
      return 5;
    case U'六':
    case U'陸':
      return 6;
    case U'七':
    case U'漆':
      return 7;
    case U'八':
    case U'捌':
      return 8;
    case U'九':
    case U'玖':
      return 9;
    default:
      return -1;
  }
}

namespace {

// 十 and its like; 廿 is twenty, 卅 thirty.
int unit_of(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾':
      return 10;
    case U'廿':
    case U'卄':
      return 20;
    case U'卅':
    case U'丗':
      return 30;
    case U'百':
    case U'佰':
      return 100;
    case U'千':
    case U'阡':
      return 1000;
    default:
      return 0;
  }
}

}  // namespace

bool is_numeral(char32_t c) {
  return digit_of(c) >= 0 || unit_of(c) != 0;
}

std::optional<Numeral> read_numeral(std::u32string_view text, std::size_t& at) {
  std::uint64_t total = 0;    // what units have closed
  std::uint64_t pending = 0;  // digits not yet multiplied by a unit
  int pending_digits = 0;
  bool units = false;
  std::size_t i = at;
  for (; i < text.size(); ++i) {
    const int digit = digit_of(text[i]);
    const int unit = unit_of(text[i]);
    if (digit >= 0) {
      pending = pending * 10 + static_cast<unsigned>(digit);
      if (++pending_digits > 8) return std::nullopt;
    } else if (unit == 20 || unit == 30) {
      total += static_cast<unsigned>(unit);
      units = true;
    } else if (unit != 0) {
      total += (pending_digits == 0 ? 1 : pending) * static_cast<unsigned>(unit);
      pending = 0, pending_digits = 0, units = true;
    } else {
      break;
    }
  }
  if (i == at) return std::nullopt;
  total += pending;
  if (total > 99'999'999) return std::nullopt;
  at = i;
  return Numeral{static_cast<std::uint32_t>(total), units ? 0 : pending_digits};
}

}  // namespace sonae::text

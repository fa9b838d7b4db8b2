#include "town/reception/cell.h"

#include "text/numerals.h"
#include "text/utf8.h"

namespace sonae::reception {

bool is_blank(char32_t c) {
  return c <= 0x20 || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F ||
         c == 0x205F || c == 0xFEFF;
}

char32_t narrow_character(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + '!';  // the full-width ASCII block
  if (is_blank(c) && c != '\n' && c != '\r') return ' ';
  switch (c) {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    case 0xFF62:
      return U'「';
    case 0xFF63:
      return U'」';
    case 0xFF65:
      return U'・';
    default:
      return c;
  }
}

std::string_view trim(std::string_view written) {
  std::size_t first = 0;
  while (first < written.size()) {
    std::size_t next = first;
    if (!is_blank(text::next_character(written, next))) break;
    first = next;
  }
  std::size_t end = first;
  for (std::size_t at = first; at < written.size();) {
    if (!is_blank(text::next_character(written, at))) end = at;
  }
  return written.substr(first, end - first);
}

std::string narrow(std::string_view written) {
  std::string result;
  result.reserve(written.size());
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t start = at;
    const char32_t c = text::next_character(written, at);
    if (c == text::kReplacement) {
      result.append(written.substr(start, at - start));
    } else if (c >= 0x2460 && c <= 0x2473) {  // ① to ⑳
      result += std::to_string(c - 0x2460 + 1);
    } else {
      text::append_utf8(result, narrow_character(c));
    }
  }
  return result;
}

std::optional<int> read_number(std::string_view narrowed) {
  const std::u32string characters = text::to_characters(trim(narrowed));
  std::size_t at = 0;
  const auto number = text::read_numeral(characters, at);
  if (!number || at != characters.size()) return std::nullopt;
  return static_cast<int>(number->value);
}

std::vector<std::string_view> split_at_spaces(std::string_view written) {
  std::vector<std::string_view> pieces;
  std::size_t start = 0;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t here = at;
    if (!is_blank(text::next_character(written, at))) continue;
    if (here > start) pieces.push_back(written.substr(start, here - start));
    start = at;
  }
  if (start < written.size()) pieces.push_back(written.substr(start));
  return pieces;
}

std::string replace_all(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

bool has_lost_characters(std::string_view written) {
  return written.find("\xEF\xBF\xBD") != std::string_view::npos;
}

std::size_t count_characters(std::string_view written) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < written.size(); ++count)
    text::next_character(written, at);
  return count;
}

}  // namespace sonae::reception

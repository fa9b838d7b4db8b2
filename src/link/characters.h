// Walking over UTF-8 one character at a time, for the few places where linkage looks at what was written.
#pragma once

#include <algorithm>
#include <string_view>

namespace sonae::link {

// The next character; moves past it. Bytes that are not UTF-8 give some character, never a read past the end.
inline char32_t next_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) -> char32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  const char32_t first = byte(0);
  if (first < 0x80) return text.remove_prefix(1), first;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t result = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i)
    result = (result << 6) | (byte(i) & 0x3F);
  text.remove_prefix(std::min(length, text.size()));
  return result;
}

// The same without moving; 0 at the end.
inline char32_t peek_character(std::string_view text) {
  return text.empty() ? 0 : next_character(text);
}

// The beginning of a text, at most so many bytes, no character parted.
inline std::string_view cut_text(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80)
    --most;
  return text.substr(0, most);
}

}  // namespace sonae::link

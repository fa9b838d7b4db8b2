// UTF-8 to code points and back. Bytes that are not UTF-8 become U+FFFD, one for each byte, so that no
// function of text/ can fail on what it is given. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sonae::text {

inline constexpr char32_t kReplacement = 0xFFFD;

// The character at `at`, which is moved behind it. `at` must be inside the text.
inline char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at++);
  if (lead < 0x80) return lead;
  std::size_t more = 0;
  char32_t character = 0;
  char32_t least = 0;
  if ((lead & 0xE0) == 0xC0) {
    more = 1, character = lead & 0x1FU, least = 0x80;
  } else if ((lead & 0xF0) == 0xE0) {
    more = 2, character = lead & 0x0FU, least = 0x800;
  } else if ((lead & 0xF8) == 0xF0) {
    more = 3, character = lead & 0x07U, least = 0x10000;
  } else {
    return kReplacement;
  }
  if (at + more > text.size()) return kReplacement;
  for (std::size_t i = 0; i < more; ++i) {
    const unsigned char next = byte(at + i);
    if ((next & 0xC0) != 0x80) return kReplacement;
    character = character << 6 | (next & 0x3FU);
  }
  const bool surrogate = character >= 0xD800 && character < 0xE000;
  if (character < least || character > 0x10FFFF || surrogate) return kReplacement;
  at += more;
  return character;
}

inline void append_utf8(std::string& text, char32_t character) {
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xC0 | character >> 6), put(0x80 | (character & 0x3F));
  } else if (character < 0x10000) {
    put(0xE0 | character >> 12), put(0x80 | (character >> 6 & 0x3F)), put(0x80 | (character & 0x3F));
  } else {
    put(0xF0 | character >> 18), put(0x80 | (character >> 12 & 0x3F));
    put(0x80 | (character >> 6 & 0x3F)), put(0x80 | (character & 0x3F));
  }
}

std::u32string to_characters(std::string_view utf8);
std::string to_utf8(std::u32string_view characters);

}  // namespace sonae::text

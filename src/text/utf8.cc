#include "text/utf8.h"

namespace sonae::text {

std::u32string to_characters(std::string_view utf8) {
  std::u32string characters;
  characters.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();)
    characters.push_back(next_character(utf8, at));
  return characters;
}

std::string to_utf8(std::u32string_view characters) {
  std::string text;
  text.reserve(characters.size() * 3);
  for (const char32_t character : characters)
    append_utf8(text, character);
  return text;
}

}  // namespace sonae::text

// Whether bytes are UTF-8, sixteen at a time: what is asked of every file from outside before anything else.
#pragma once

#include <string_view>

namespace sonae::text {

// True where every character is whole, in its shortest form, and no surrogate: where next_character
// (utf8.h) would find nothing to replace.
bool is_utf8(std::string_view bytes);

// The same one character after another, for processors without SSSE3, and to hold the other against.
bool is_utf8_by_characters(std::string_view bytes);

}  // namespace sonae::text

// One cell of a list, as the rules that read it need it: without space around it, and in narrow digits and
// letters. For reading only: what is kept is what was written. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sonae::reception {

bool is_blank(char32_t c);  // white space of any width
// One character of narrow() below, where it becomes one; circled digits are themselves.
char32_t narrow_character(char32_t c);

// Without white space at both ends (the full-width space and others of Unicode too).
std::string_view trim(std::string_view written);

// Full-width ASCII, digits and spaces as ASCII; circled digits as digits; dashes between digits as '-'. Kanji
// and kana stay. The result is not trimmed.
std::string narrow(std::string_view written);

// A whole number in any width or in kanji (三, 十二, 廿); absent where the text is anything else.
std::optional<int> read_number(std::string_view narrowed);

// The pieces between white space (of any width), in order; none is empty.
std::vector<std::string_view> split_at_spaces(std::string_view written);

std::string replace_all(std::string text, std::string_view what, std::string_view by);

// Whether a character of the text is one of those that stand for lost ones (U+FFFD).
bool has_lost_characters(std::string_view written);

std::size_t count_characters(std::string_view written);

}  // namespace sonae::reception

// Kana and romaji (ローマ字). Pure functions, any thread, UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sonae::text {

std::string to_katakana(std::string_view written);  // half-width and hiragana too; all else is kept
std::string to_hiragana(std::string_view written);
bool is_kana_only(std::string_view written);  // kana, 長音, spaces, middle dots; and not empty

// Hepburn, Kunrei, Nihon and the passport's OH, any case, macrons or none. Absent where it is not romaji.
std::optional<std::string> romaji_to_katakana(std::string_view written);
std::string katakana_to_romaji(std::string_view katakana);  // Hepburn, lower case, long vowels not marked

}  // namespace sonae::text

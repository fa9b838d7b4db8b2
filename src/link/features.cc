#include "link/features.h"

#include <algorithm>

#include "link/characters.h"

namespace sonae::link {
namespace {

// Katakana ァ to ヺ are 1 to 90; Latin letters (names that have no reading) 100 to 125; all else is one
// letter.
std::uint8_t kana_code(char32_t c) {
  if (c >= 0x30A1 && c <= 0x30FA) return static_cast<std::uint8_t>(c - 0x30A0);
  if (c >= 'a' && c <= 'z') return static_cast<std::uint8_t>(100 + c - 'a');
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint8_t>(100 + c - 'A');
  return 127;
}

// Characters beyond the basic plane keep 16 of their bits: 𠮷 and another rare character of the same
// remainder would be taken for the same, which is of no account.
std::uint16_t kanji_code(char32_t c) {
  return static_cast<std::uint16_t>(c < 0x10000 ? c : c ^ 0xE000);
}

}  // namespace

Letters kana_letters(std::string_view folded_kana) {
  Letters letters;
  while (!folded_kana.empty() && letters.count < 16) {
    letters.packed |= Packed{kana_code(next_character(folded_kana))} << (kKanaBits * letters.count);
    ++letters.count;
  }
  return letters;
}

Letters kanji_letters(std::string_view folded_name) {
  Letters letters;
  while (!folded_name.empty() && letters.count < 8) {
    letters.packed |= Packed{kanji_code(next_character(folded_name))} << (kKanjiBits * letters.count);
    ++letters.count;
  }
  return letters;
}

Letters joined(Letters first, Letters second, unsigned bits) {
  const unsigned most = 128 / bits;
  Letters both = first;
  if (first.count < most) both.packed |= second.packed << (bits * first.count);
  both.count = static_cast<std::uint8_t>(std::min<unsigned>(most, first.count + second.count));
  return both;
}

Letters slice(Letters letters, unsigned from, unsigned count, unsigned bits) {
  if (from >= letters.count) return {};
  count = std::min<unsigned>(count, letters.count - from);
  return {(letters.packed >> (bits * from)) & low_bits(bits * count), static_cast<std::uint8_t>(count)};
}

void Features::set_kana(Letters family, Letters given) {
  const Letters all = joined(family, given, kKanaBits);
  kana = all.packed;
  kana_count = all.count;
  kana_family = family.count;
}

void Features::set_kanji(Letters family, Letters given) {
  const Letters all = joined(family, given, kKanjiBits);
  kanji = all.packed;
  kanji_count = all.count;
  kanji_family = family.count;
}

}  // namespace sonae::link

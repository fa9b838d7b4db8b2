#include "text/script.h"

#include <string_view>

namespace sonae::text {

namespace {

// U+FF66..U+FF9D in order (JIS X 0201).
constexpr std::u32string_view kHalfWidthOrder =
    U"ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリ"
    U"ルレロワン";
static_assert(kHalfWidthOrder.size() == 0xFF9D - 0xFF66 + 1);

// U+30A1..U+30FA in order: the vowel each kana ends on, '.' for none.
constexpr std::string_view kVowels =
    "aaiiuueeooaaiiuueeooaaiiuueeooaaii.uueeooaiueoaaaiiiuuueeeoooaiueoaauuooaiueoaaieo.uaeaieo";
static_assert(kVowels.size() == 0x30FA - 0x30A1 + 1);

}  // namespace

char32_t voiced(char32_t c) {
  if ((c >= U'カ' && c <= U'ヂ') && c % 2 == U'カ' % 2) return c + 1;
  if (c == U'ツ' || c == U'テ' || c == U'ト') return c + 1;
  if (c >= U'ハ' && c <= U'ホ' && (c - U'ハ') % 3 == 0) return c + 1;
  if (c == U'ウ') return U'ヴ';
  if (c >= U'ワ' && c <= U'ヲ') return c + (U'ヷ' - U'ワ');
  return 0;
}

char32_t half_voiced(char32_t c) {
  return c >= U'ハ' && c <= U'ホ' && (c - U'ハ') % 3 == 0 ? c + 2 : 0;
}

char32_t unvoiced(char32_t c) {
  if (c == U'ヴ') return U'ウ';
  if (c >= U'ヷ' && c <= U'ヺ') return c - (U'ヷ' - U'ワ');
  if (c > 0x30A1 && voiced(c - 1) == c) return c - 1;
  if (c > 0x30A2 && half_voiced(c - 2) == c) return c - 2;
  return c;
}

char32_t full_width_kana(char32_t c) {
  return c >= 0xFF66 && c <= 0xFF9D ? kHalfWidthOrder[c - 0xFF66] : c;
}

char32_t large_kana(char32_t c) {
  switch (c) {
    case U'ァ':
    case U'ィ':
    case U'ゥ':
    case U'ェ':
    case U'ォ':
    case U'ッ':
    case U'ャ':
    case U'ュ':
    case U'ョ':
    case U'ヮ':
      return c + 1;
    case U'ヵ':
      return U'カ';
    case U'ヶ':
      return U'ケ';
    default:
      break;
  }
  // Phonetic extensions for Ainu: small forms of ordinary kana.
  constexpr std::u32string_view kAinu = U"クシストヌハヒフヘホムラリルレロ";
  return c >= 0x31F0 && c <= 0x31FF ? kAinu[c - 0x31F0] : c;
}

char32_t vowel_of(char32_t c) {
  if (c < 0x30A1 || c > 0x30FA) return 0;
  switch (kVowels[c - 0x30A1]) {
    case 'a':
      return U'ア';
    case 'i':
      return U'イ';
    case 'u':
      return U'ウ';
    case 'e':
      return U'エ';
    case 'o':
      return U'オ';
    default:
      return 0;
  }
}

}  // namespace sonae::text

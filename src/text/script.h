// What kind of Japanese character a code point is, and the small steps between kana. Pure, any thread.
#pragma once

namespace sonae::text {

constexpr bool is_hiragana(char32_t c) {
  return (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E;
}
// Full-width katakana with its iteration marks; not 長音 (ー), not the middle dot.
constexpr bool is_katakana(char32_t c) {
  return (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FD || c == 0x30FE || (c >= 0x31F0 && c <= 0x31FF);
}
constexpr bool is_half_width_kana(char32_t c) {
  return c >= 0xFF66 && c <= 0xFF9D;
}
constexpr bool is_kana(char32_t c) {
  return is_hiragana(c) || is_katakana(c) || is_half_width_kana(c);
}

constexpr bool is_kanji(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x3FFFD) ||
         (c >= 0xF900 && c <= 0xFAFF) || c == 0x3005 || c == 0x3006 || c == 0x3007;  // 々 〆 〇
}

// Private use: where vendors put their 外字, and where 行政事務標準文字 puts its own (plane 16).
constexpr bool is_private_use(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0x10FFFD);
}

constexpr bool is_variation_selector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

// 濁点 and 半濁点 that stand alone, of either width, combining ones too.
constexpr bool is_voiced_mark(char32_t c) {
  return c == 0x3099 || c == 0x309B || c == 0xFF9E;
}
constexpr bool is_half_voiced_mark(char32_t c) {
  return c == 0x309A || c == 0x309C || c == 0xFF9F;
}

// What people type for 長音 after kana: ー ｰ and the dashes beside it on the keyboard.
constexpr bool is_dash(char32_t c) {
  return c == 0x30FC || c == 0xFF70 || c == '-' || c == 0xFF0D || (c >= 0x2010 && c <= 0x2015) ||
         c == 0x2212 || c == 0x2500 || c == 0x301C || c == 0xFF5E;
}

// カ to ガ, ハ to バ, ウ to ヴ; 0 where there is no voiced form. Katakana only.
char32_t voiced(char32_t katakana);
char32_t half_voiced(char32_t katakana);  // ハ to パ
char32_t unvoiced(char32_t katakana);     // ガ to カ, パ to ハ; itself where it is not voiced
// Half-width to full-width katakana (marks not joined); all else is itself.
char32_t full_width_kana(char32_t c);
// Small kana to large: ャ to ヤ; all else is itself. Katakana only.
char32_t large_kana(char32_t katakana);
// The vowel on which a katakana ends, as アイウエオ; 0 for ン, ッ and what is not katakana.
char32_t vowel_of(char32_t katakana);

}  // namespace sonae::text

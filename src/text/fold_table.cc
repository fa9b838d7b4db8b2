#include "text/fold_table.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <string_view>

#include "text/kana.h"
#include "text/script.h"
#include "text/utf8.h"

namespace sonae::text {

void FoldTable::set(char32_t c, char32_t becomes, Step step) {
  if (c >= kEnd) return;
  std::uint16_t& page = pages_[c >> 8];
  if (page == 0) {
    page = static_cast<std::uint16_t>(entries_.size() / 256);
    entries_.resize(entries_.size() + 256, 0);
  }
  const bool itself = becomes == c && step == Step::keep;
  entries_[page * 256U + (c & 0xFF)] = itself ? 0 : static_cast<std::uint32_t>(step) << 24 | becomes;
}

void FoldTable::set_private_planes() {
  const auto page = static_cast<std::uint16_t>(entries_.size() / 256);
  entries_.resize(entries_.size() + 256, static_cast<std::uint32_t>(Step::private_use) << 24);
  for (char32_t c = 0xF0000; c < kEnd; c += 256)
    pages_[c >> 8] = page;
}

namespace {

using Step = FoldTable::Step;

bool is_punctuation(char32_t c) {
  constexpr std::uint32_t kDropped = U_GC_Z_MASK | U_GC_P_MASK | U_GC_CC_MASK | U_GC_CF_MASK;
  return (U_MASK(u_charType(static_cast<UChar32>(c))) & kDropped) != 0;
}

bool is_combining_latin_mark(char32_t c) {
  return c >= 0x300 && c <= 0x36F;
}

// The one letter that remains of a character without its marks and case; 0 where several remain.
char32_t bare_letter(const icu::UnicodeString& decomposed) {
  char32_t letter = 0;
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const auto c = static_cast<char32_t>(decomposed.char32At(i));
    if (is_combining_latin_mark(c)) continue;
    if (letter != 0) return 0;
    letter = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
  }
  return letter;
}

void set_kana(FoldTable& table, char32_t written, char32_t katakana) {
  if (katakana == U'ヽ') return table.set(written, katakana, Step::iterate_kana);
  if (katakana == U'ヾ') return table.set(written, katakana, Step::iterate_voiced);
  table.set(written, katakana, Step::kana);
}

// A mark that stands alone is a space with the mark over it: nothing remains of it.
void set_letter(FoldTable& table, char32_t c, char32_t letter) {
  table.set(c, is_punctuation(letter) ? 0 : letter, is_punctuation(letter) ? Step::drop : Step::keep);
}

// 変体仮名, which stand in the family registers of the old, are named after their sound: "HENTAIGANA LETTER
// KA-KE", "HENTAIGANA LETTER N-MU-MO-1". 0 where the character is none.
char32_t katakana_of_hentaigana(char32_t c) {
  char name[64];
  UErrorCode error = U_ZERO_ERROR;
  u_charName(static_cast<UChar32>(c), U_UNICODE_CHAR_NAME, name, sizeof name, &error);
  std::string_view sound = name;
  constexpr std::string_view kPrefix = "HENTAIGANA LETTER ";
  if (U_FAILURE(error) || !sound.starts_with(kPrefix)) return 0;
  sound.remove_prefix(kPrefix.size());
  sound = sound.substr(0, sound.find('-'));
  if (sound == "WI") return U'ヰ';
  if (sound == "WE") return U'ヱ';
  const auto kana = romaji_to_katakana(sound);
  std::size_t at = 0;
  return kana ? next_character(*kana, at) : 0;
}

// One code point by the rules that hold for all of Unicode.
void set_general(FoldTable& table, char32_t c, const icu::Normalizer2& nfkc, const icu::Normalizer2& nfkd) {
  const auto point = static_cast<UChar32>(c);
  if (is_hiragana(c)) return set_kana(table, c, c + 0x60);
  if (is_katakana(c)) return set_kana(table, c, c);
  if (is_half_width_kana(c) && c != 0xFF70) return set_kana(table, c, full_width_kana(c));
  if (c >= 0x1B000 && c <= 0x1B16F) {
    if (const char32_t katakana = katakana_of_hentaigana(c)) set_kana(table, c, katakana);
    return;
  }
  if (is_dash(c)) return table.set(c, U'ー', Step::dash);
  if (c == U'々' || c == U'〻') return table.set(c, c, Step::iterate_kanji);
  if (is_variation_selector(c) || is_combining_latin_mark(c)) return table.set(c, 0, Step::drop);
  if (is_voiced_mark(c) || is_half_voiced_mark(c)) return table.set(c, 0, Step::drop);  // joined before
  if (is_private_use(c)) return table.set(c, c, Step::private_use);
  // Hangul jamo join into syllables.
  if (c >= 0x1100 && c <= 0x11FF) return table.set(c, c, Step::normalise);

  icu::UnicodeString whole;
  if (nfkc.getDecomposition(point, whole)) {
    icu::UnicodeString composed;
    UErrorCode error = U_ZERO_ERROR;
    nfkc.normalize(icu::UnicodeString(point), composed, error);
    if (composed.hasMoreChar32Than(0, composed.length(), 1)) {
      if (const char32_t letter = bare_letter(composed)) return set_letter(table, c, letter);
      return table.set(c, c, Step::normalise);
    }
    const auto single = static_cast<char32_t>(composed.char32At(0));
    if (single != c) {
      const FoldTable::Entry entry = table.at(single);  // lower code points are already there, mostly
      if (is_dash(single)) return table.set(c, U'ー', Step::dash);
      if (is_punctuation(single)) return table.set(c, 0, Step::drop);
      if (is_hiragana(single) || is_katakana(single)) return table.set(c, c, Step::normalise);
      const char32_t folded =
          entry.step == Step::keep
              ? static_cast<char32_t>(u_foldCase(static_cast<UChar32>(entry.character), U_FOLD_CASE_DEFAULT))
              : single;
      return table.set(c, folded, Step::keep);
    }
  }
  if (is_punctuation(c)) return table.set(c, 0, Step::drop);
  icu::UnicodeString apart;
  if (nfkd.getDecomposition(point, apart)) {
    if (const char32_t letter = bare_letter(apart)) return set_letter(table, c, letter);
  }
  const auto folded = static_cast<char32_t>(u_foldCase(point, U_FOLD_CASE_DEFAULT));
  if (folded != c) table.set(c, folded, Step::keep);
}

FoldTable build() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2& nfkc = *icu::Normalizer2::getNFKCInstance(error);
  const icu::Normalizer2& nfkd = *icu::Normalizer2::getNFKDInstance(error);
  FoldTable table;
  // Plain kanji and Hangul syllables fold to themselves and need no entry.
  constexpr struct {
    char32_t first, last;
  } kRanges[] = {{0, 0x33FF},        {0xA000, 0xABFF},   {0xE000, 0xFFFF},   {0x1B000, 0x1B16F},
                 {0x1D400, 0x1D7FF}, {0x1F100, 0x1F2FF}, {0x2F800, 0x2FA1F}, {0xE0100, 0xE01EF}};
  for (const auto& range : kRanges)
    for (char32_t c = range.first; c <= range.last; ++c)
      set_general(table, c, nfkc, nfkd);
  table.set_private_planes();
  return table;
}

}  // namespace

const FoldTable& plain_fold_table() {
  static const FoldTable table = build();
  return table;
}

}  // namespace sonae::text

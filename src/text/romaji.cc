// Romaji and katakana. Spellings: Hepburn, Kunrei (内閣告示 1954), Nihon-shiki, and the passport's OH.
#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>

#include "text/kana.h"
#include "text/script.h"
#include "text/utf8.h"

namespace sonae::text {

namespace {

struct Row {
  std::string_view consonant;
  std::u32string_view a, i, u, e, o;
};

// An empty cell is a spelling that does not occur. The first row that writes a kana is how it is written.
constexpr std::array kRows = std::to_array<Row>({
    {"", U"ア", U"イ", U"ウ", U"エ", U"オ"},
    {"k", U"カ", U"キ", U"ク", U"ケ", U"コ"},
    {"s", U"サ", U"", U"ス", U"セ", U"ソ"},
    {"sh", U"シャ", U"シ", U"シュ", U"シェ", U"ショ"},
    {"t", U"タ", U"", U"", U"テ", U"ト"},
    {"ch", U"チャ", U"チ", U"チュ", U"チェ", U"チョ"},
    {"ts", U"ツァ", U"ツィ", U"ツ", U"ツェ", U"ツォ"},
    {"n", U"ナ", U"ニ", U"ヌ", U"ネ", U"ノ"},
    {"h", U"ハ", U"ヒ", U"", U"ヘ", U"ホ"},
    {"f", U"ファ", U"フィ", U"フ", U"フェ", U"フォ"},
    {"m", U"マ", U"ミ", U"ム", U"メ", U"モ"},
    {"y", U"ヤ", U"", U"ユ", U"イェ", U"ヨ"},
    {"r", U"ラ", U"リ", U"ル", U"レ", U"ロ"},
    {"w", U"ワ", U"ウィ", U"", U"ウェ", U"ヲ"},
    {"g", U"ガ", U"ギ", U"グ", U"ゲ", U"ゴ"},
    {"z", U"ザ", U"", U"ズ", U"ゼ", U"ゾ"},
    {"j", U"ジャ", U"ジ", U"ジュ", U"ジェ", U"ジョ"},
    {"d", U"ダ", U"", U"", U"デ", U"ド"},
    {"b", U"バ", U"ビ", U"ブ", U"ベ", U"ボ"},
    {"p", U"パ", U"ピ", U"プ", U"ペ", U"ポ"},
    {"v", U"ヴァ", U"ヴィ", U"ヴ", U"ヴェ", U"ヴォ"},
    {"ky", U"キャ", U"", U"キュ", U"キェ", U"キョ"},
    {"ny", U"ニャ", U"", U"ニュ", U"ニェ", U"ニョ"},
    {"hy", U"ヒャ", U"", U"ヒュ", U"ヒェ", U"ヒョ"},
    {"my", U"ミャ", U"", U"ミュ", U"ミェ", U"ミョ"},
    {"ry", U"リャ", U"", U"リュ", U"リェ", U"リョ"},
    {"gy", U"ギャ", U"", U"ギュ", U"ギェ", U"ギョ"},
    {"by", U"ビャ", U"", U"ビュ", U"ビェ", U"ビョ"},
    {"py", U"ピャ", U"", U"ピュ", U"ピェ", U"ピョ"},
    {"fy", U"", U"", U"フュ", U"", U""},
    {"kw", U"クヮ", U"", U"", U"", U""},
    {"gw", U"グヮ", U"", U"", U"", U""},
    // Kunrei and Nihon-shiki, and what people mix of them.
    {"s", U"", U"シ", U"", U"", U""},
    {"sy", U"シャ", U"", U"シュ", U"シェ", U"ショ"},
    {"t", U"", U"チ", U"ツ", U"", U""},
    {"ty", U"チャ", U"", U"チュ", U"チェ", U"チョ"},
    {"cy", U"チャ", U"", U"チュ", U"チェ", U"チョ"},
    {"c", U"", U"", U"", U"", U""},
    {"h", U"", U"", U"フ", U"", U""},
    {"w", U"", U"", U"ウ", U"", U""},
    {"z", U"", U"ジ", U"", U"", U""},
    {"zy", U"ジャ", U"", U"ジュ", U"ジェ", U"ジョ"},
    {"jy", U"ジャ", U"", U"ジュ", U"ジェ", U"ジョ"},
    {"d", U"", U"ヂ", U"ヅ", U"", U""},
    {"dz", U"ヅァ", U"ヂ", U"ヅ", U"ヅェ", U"ヅォ"},
    {"dj", U"ヂャ", U"ヂ", U"ヂュ", U"ヂェ", U"ヂョ"},
    {"dy", U"ヂャ", U"", U"ヂュ", U"ヂェ", U"ヂョ"},
    {"y", U"", U"イ", U"", U"", U""},
});

constexpr std::string_view kVowels = "aiueo";

std::u32string_view cell(const Row& row, char vowel) {
  switch (vowel) {
    case 'a':
      return row.a;
    case 'i':
      return row.i;
    case 'u':
      return row.u;
    case 'e':
      return row.e;
    default:
      return row.o;
  }
}

const std::unordered_map<std::string, std::u32string_view>& kana_of_syllable() {
  static const auto table = [] {
    std::unordered_map<std::string, std::u32string_view> built;
    for (const Row& row : kRows)
      for (const char vowel : kVowels)
        if (!cell(row, vowel).empty())
          built.try_emplace(std::string(row.consonant) + vowel, cell(row, vowel));
    return built;
  }();
  return table;
}

const std::unordered_map<std::u32string, std::string>& syllable_of_kana() {
  static const auto table = [] {
    std::unordered_map<std::u32string, std::string> built;
    for (const Row& row : kRows)
      for (const char vowel : kVowels)
        if (!cell(row, vowel).empty())
          built.try_emplace(std::u32string(cell(row, vowel)), std::string(row.consonant) + vowel);
    for (const auto& [kana, syllable] :
         {std::pair{U"ヂ", "ji"}, {U"ヅ", "zu"},   {U"ヲ", "o"},     {U"ヰ", "i"},    {U"ヱ", "e"},
          {U"ヂャ", "ja"},        {U"ヂュ", "ju"}, {U"ヂョ", "jo"},  {U"ティ", "ti"}, {U"ディ", "di"},
          {U"トゥ", "tu"},        {U"ドゥ", "du"}, {U"デュ", "dyu"}, {U"ウォ", "wo"}, {U"ァ", "a"},
          {U"ィ", "i"},           {U"ゥ", "u"},    {U"ェ", "e"},     {U"ォ", "o"},    {U"ャ", "ya"},
          {U"ュ", "yu"},          {U"ョ", "yo"},   {U"ヮ", "wa"},    {U"ヵ", "ka"},   {U"ヶ", "ke"}})
      built[kana] = syllable;
    return built;
  }();
  return table;
}

// Lower-case letters, '^' after a vowel with a macron or circumflex, '\'' for what separates syllables, ' '
// for spaces. Absent where there is anything else.
std::optional<std::string> plain_letters(std::string_view written) {
  std::string letters;
  for (std::size_t at = 0; at < written.size();) {
    char32_t c = next_character(written, at);
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full width
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (c >= 'a' && c <= 'z') {
      letters.push_back(static_cast<char>(c));
      continue;
    }
    constexpr std::u32string_view kLong = U"āīūēōâîûêôĀĪŪĒŌÂÎÛÊÔ";
    if (const std::size_t found = kLong.find(c); found != std::u32string_view::npos) {
      letters.push_back(kVowels[found % 5]);
      letters.push_back('^');
    } else if (c == U' ' || c == U'　' || c == U',') {
      if (!letters.empty() && letters.back() != ' ') letters.push_back(' ');
    } else if (c == U'\'' || c == U'’' || c == U'‘' || c == U'`' || c == U'-' || c == U'‐') {
      letters.push_back('\'');
    } else if (c == 0x304) {
      letters.push_back('^');
    } else {
      return std::nullopt;
    }
  }
  return letters;
}

bool is_vowel(char c) {
  return kVowels.find(c) != std::string_view::npos;
}

}  // namespace

std::optional<std::string> romaji_to_katakana(std::string_view written) {
  const std::optional<std::string> plain = plain_letters(written);
  if (!plain) return std::nullopt;
  const std::string_view text = *plain;
  const auto char_at = [&](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
  std::u32string kana;
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const char next = char_at(at + 1);
    if (c == ' ') {
      kana.push_back(U' '), ++at;
      continue;
    }
    if (c == '\'') {
      ++at;
      continue;
    }
    if (c == '^') {  // a long o is written オウ in most names
      const char32_t vowel = kana.empty() ? 0 : vowel_of(large_kana(kana.back()));
      if (vowel == 0) return std::nullopt;
      kana.push_back(vowel == U'オ' ? U'ウ' : vowel), ++at;
      continue;
    }
    // OH of passports: Ohno, Satoh; but Kohei is コヘイ.
    if (c == 'h' && at > 0 && text[at - 1] == 'o' && !is_vowel(next) && next != 'y') {
      kana.push_back(U'ウ'), ++at;
      continue;
    }
    const bool nasal = (c == 'n' && !is_vowel(next) && next != 'y') ||
                       (c == 'm' && (next == 'b' || next == 'p' || next == 'm'));
    if (nasal) {
      kana.push_back(U'ン'), ++at;
      any = true;
      continue;
    }
    if (!is_vowel(c) && (next == c || (c == 't' && next == 'c'))) {  // kk, tch
      kana.push_back(U'ッ'), ++at;
      continue;
    }
    std::size_t length = 0;
    for (std::size_t tried = std::min<std::size_t>(3, text.size() - at); tried >= 1 && length == 0; --tried) {
      const auto found = kana_of_syllable().find(std::string(text.substr(at, tried)));
      if (found == kana_of_syllable().end()) continue;
      kana.append(found->second);
      length = tried;
    }
    if (length == 0) return std::nullopt;
    any = true;
    at += length;
  }
  while (!kana.empty() && kana.back() == U' ')
    kana.pop_back();
  if (!any) return std::nullopt;
  return to_utf8(kana);
}

std::string katakana_to_romaji(std::string_view katakana) {
  const std::u32string text = to_characters(to_katakana(katakana));
  std::string romaji;
  bool doubled = false;   // a ッ waits for its consonant
  bool long_may = false;  // the last letter is a vowel that a following ウ or オ would lengthen
  const auto add = [&](std::string_view syllable) {
    if (doubled && !is_vowel(syllable.front()))
      romaji.push_back(syllable.starts_with("ch") ? 't' : syllable.front());
    doubled = false;
    if (syllable.size() == 1 && long_may) {
      const char before = romaji.back();
      const char vowel = syllable.front();
      if ((before == 'o' && (vowel == 'u' || vowel == 'o')) || (before == 'u' && vowel == 'u')) return;
    }
    romaji.append(syllable);
    long_may = true;
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text[at];
    const auto pair =
        at + 1 < text.size() ? syllable_of_kana().find(text.substr(at, 2)) : syllable_of_kana().end();
    if (pair != syllable_of_kana().end()) {
      add(pair->second), at += 2;
      continue;
    }
    const auto single = syllable_of_kana().find(text.substr(at, 1));
    ++at;
    if (single != syllable_of_kana().end()) {
      add(single->second);
    } else if (c == U'ン') {
      // m before b, m, p; an apostrophe where the next syllable would join.
      const auto next =
          at < text.size() ? syllable_of_kana().find(text.substr(at, 1)) : syllable_of_kana().end();
      const char first = next == syllable_of_kana().end() ? '\0' : next->second.front();
      romaji.append(first == 'b' || first == 'm' || first == 'p' ? "m"
                    : is_vowel(first) || first == 'y'            ? "n'"
                                                                 : "n");
      long_may = false;
    } else if (c == U'ッ') {
      doubled = true;
    } else if (c != U'ー') {
      append_utf8(romaji, c == U'　' ? U' ' : c);
      long_may = false;
    }
  }
  return romaji;
}

}  // namespace sonae::text

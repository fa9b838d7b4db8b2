#include "link/search_words.h"

#include <algorithm>
#include <array>

#include "link/characters.h"
#include "text/date.h"
#include "text/fold.h"
#include "text/kana.h"

namespace sonae::link {
namespace {

constexpr std::size_t kLongestTyped = 400;  // bytes
constexpr std::size_t kMostWords = 6;

bool begins_with(Letters name, Letters typed, unsigned bits) {
  return name.count >= typed.count && (name.packed & low_bits(bits * typed.count)) == typed.packed;
}

bool is_latin(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

bool has_figure(std::string_view word) {
  while (!word.empty()) {
    const char32_t c = next_character(word);
    if ((c >= '0' && c <= '9') || (c >= U'０' && c <= U'９')) return true;
  }
  return false;
}

void add_kana(std::string_view kana, Meanings& meanings) {
  const Letters letters = kana_letters(text::fold_kana(kana));
  if (!letters.empty()) meanings.push_back({.kind = Meaning::Kind::kana, .letters = letters});
}

// "yam": ヤ, and then any kana that m begins.
void add_romaji(std::string_view word, Meanings& meanings) {
  if (const auto kana = text::romaji_to_katakana(word)) add_kana(*kana, meanings);
  static constexpr std::string_view kConsonants = "kstnhmyrwgzdbpjcf";
  static constexpr std::array<std::string_view, 17> kKana = {
      "カキクケコ", "サシスセソ", "タチツテト", "ナニヌネノン", "ハヒフヘホ", "マミムメモ",
      "ヤユヨ",     "ラリルレロ", "ワ",         "ガギグゲゴ",   "ザジズゼゾ", "ダデド",
      "バビブベボ", "パピプペポ", "ジ",         "チ",           "フ"};
  std::string_view stem = word;
  while (!stem.empty() &&
         std::string_view("aiueo").find(static_cast<char>(stem.back() | 32)) == std::string_view::npos)
    stem.remove_suffix(1);
  if (stem.size() == word.size()) return;
  const auto at = kConsonants.find(static_cast<char>(word[stem.size()] | 32));
  if (at == std::string_view::npos) return;
  std::string before;
  if (!stem.empty()) {
    const auto kana = text::romaji_to_katakana(stem);
    if (!kana) return;
    before = *kana;
  }
  for (std::string_view rest = kKana[at]; !rest.empty(); rest.remove_prefix(3))
    add_kana(before + std::string(rest.substr(0, 3)), meanings);
}

void add_phone(std::string_view word, Meanings& meanings) {
  std::string figures;
  while (!word.empty()) {
    const char32_t c = next_character(word);
    if (c >= '0' && c <= '9')
      figures += static_cast<char>(c);
    else if (c >= U'０' && c <= U'９')
      figures += static_cast<char>('0' + (c - U'０'));
    else if (c != '-' && c != U'－' && c != U'ー' && c != U'−')
      return;
  }
  if (figures.size() < 4 || figures[0] != '0') return;
  // The last nine of ten figures, or of eleven where it is a mobile number (070, 080, 090).
  const bool mobile = figures[2] == '0' && (figures[1] == '7' || figures[1] == '8' || figures[1] == '9');
  figures.erase(0, mobile ? 2 : 1);
  if (figures.size() > 9 || figures.size() < 3) return;
  std::uint32_t from = 0, size = 1;
  for (const char c : figures)
    from = from * 10 + static_cast<std::uint32_t>(c - '0');
  for (std::size_t i = figures.size(); i < 9; ++i) {
    from *= 10;
    size *= 10;
  }
  meanings.push_back({.kind = Meaning::Kind::phone, .phone_from = from, .phone_to = from + size - 1});
}

// A family name in kanji with a given name in kana behind it and no space between: the registry holds such a
// given name by its kana alone.
void add_kanji_then_kana(const Context& context, std::string_view word, Meanings& meanings) {
  std::string_view tail = word;
  while (!tail.empty() && !text::is_kana_only(tail))
    next_character(tail);
  if (tail.empty() || tail.size() == word.size()) return;
  const std::string_view family = word.substr(0, word.size() - tail.size());
  const Letters kanji = kanji_letters(text::fold_name(*context.tables, family));
  const Letters kana = kana_letters(text::fold_kana(tail));
  if (!kanji.empty() && !kana.empty())
    meanings.push_back({.kind = Meaning::Kind::kanji_then_kana, .letters = kanji, .given_kana = kana});
}

Meanings read_word(const Context& context, const Places& places, std::string_view word) {
  Meanings meanings;
  meanings.push_back({.kind = Meaning::Kind::id});
  const bool figure = has_figure(word);
  if (figure) {
    if (const auto date = text::parse_date(word, context.today); date && !date->date.is_unknown())
      meanings.push_back({.kind = Meaning::Kind::birth, .birth = date->date});
    add_phone(word, meanings);
  } else if (is_latin(word)) {
    add_romaji(word, meanings);
  } else if (text::is_kana_only(word)) {
    add_kana(word, meanings);
  } else if (const Letters kanji = kanji_letters(text::fold_name(*context.tables, word)); !kanji.empty()) {
    meanings.push_back({.kind = Meaning::Kind::kanji, .letters = kanji});
    add_kanji_then_kana(context, word, meanings);
  }
  const SplitAddress address = split_address(word);
  if (!address.head.empty()) {
    const Places::Found found = places.find(context, address.head);
    if (found.town != 0 && !found.elsewhere)
      meanings.push_back({.kind = Meaning::Kind::town, .town = found.town, .number = address.numbers[0]});
  }
  return meanings;
}

}  // namespace

bool Meaning::met_by(const Features& f) const {
  switch (kind) {
    case Kind::kana:
      return begins_with(f.all_kana(), letters, kKanaBits) || begins_with(f.given_kana(), letters, kKanaBits);
    case Kind::kanji:
      return begins_with(f.all_kanji(), letters, kKanjiBits) ||
             begins_with(f.given_kanji(), letters, kKanjiBits);
    case Kind::kanji_then_kana:
      return begins_with(f.all_kanji(), letters, kKanjiBits) &&
             begins_with(f.given_kana(), given_kana, kKanaBits);
    case Kind::birth:
      return (birth.year == 0 || birth.year == f.year) && (birth.month == 0 || birth.month == f.month) &&
             (birth.day == 0 || birth.day == f.day);
    case Kind::town:
      return f.town == town && (number == 0 || f.numbers[0] == number);
    case Kind::phone:
      return f.phone >= phone_from && f.phone <= phone_to && f.phone != 0;
    case Kind::id:
      return false;
  }
  return false;
}

std::vector<Meanings> read_words(const Context& context, const Places& places, std::string_view typed) {
  std::vector<Meanings> words;
  if (typed.size() > kLongestTyped) typed = typed.substr(0, kLongestTyped);
  std::string_view rest = typed;
  while (!rest.empty() && words.size() < kMostWords) {
    while (!rest.empty() && (peek_character(rest) == ' ' || peek_character(rest) == U'　'))
      next_character(rest);
    const std::string_view begin = rest;
    while (!rest.empty() && peek_character(rest) != ' ' && peek_character(rest) != U'　')
      next_character(rest);
    const std::string_view word = begin.substr(0, begin.size() - rest.size());
    if (!word.empty()) words.push_back(read_word(context, places, word));
  }
  return words;
}

}  // namespace sonae::link

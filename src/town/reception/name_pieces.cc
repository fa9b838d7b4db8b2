#include "town/reception/name_pieces.h"

#include <algorithm>
#include <array>

#include "text/numerals.h"
#include "text/script.h"
#include "text/utf8.h"
#include "town/reception/cell.h"

namespace sonae::reception {

namespace {

char32_t closing_of(char32_t c) {
  switch (c) {
    case U'(':
      return U')';
    case U'[':
      return U']';
    case U'〔':
      return U'〕';
    case U'【':
      return U'】';
    case U'「':
      return U'」';
    case U'<':
      return U'>';
    case U'《':
      return U'》';
    case U'〈':
      return U'〉';
    default:
      return 0;
  }
}

bool is_katakana_like(char32_t c) {
  return text::is_katakana(c) || text::is_half_width_kana(c) || text::is_dash(c);
}

// Whether the separator at `at` parts two persons.
bool parts(const std::u32string& cell, std::size_t at, std::size_t piece_start) {
  const char32_t c = narrow_character(cell[at]);
  const char32_t before = at > piece_start ? cell[at - 1] : 0;
  const char32_t after = at + 1 < cell.size() ? cell[at + 1] : 0;
  switch (c) {
    case U'、':
    case U',':
    case U'/':
    case U'&':
    case U'+':
    case U';':
    case U'\n':
    case U'､':
      return true;
    case U'・':
    case U'･':
      return !(is_katakana_like(before) && is_katakana_like(after));  // マリア・サントス
    case U'と':
      // 一郎と花子; not さと子, not 美と (one character before it is no whole name of a line)
      return at >= piece_start + 2 && text::is_kanji(before) && text::is_kanji(cell[at - 2]) &&
             text::is_kanji(after);
    default:
      return false;
  }
}

template <std::size_t N>
std::string_view take_last(std::string_view& text, const std::array<std::string_view, N>& words) {
  for (const std::string_view word : words) {
    if (!text.ends_with(word)) continue;
    text.remove_suffix(word.size());
    text = trim(text);
    return word;
  }
  return {};
}

constexpr std::array<std::string_view, 4> kCounters{"名様", "名", "人", "にん"};
constexpr std::array<std::string_view, 21> kBesides{
    "その他", "同行者", "同伴者", "お連れ", "連れ", "家族他", "他家族", "外家族",   "と家族", "ほか", "以下",
    "家族",   "大人",   "小人",   "外",     "他",   "男",     "女",     "とその子", "付添",   "友人"};
constexpr std::array<std::string_view, 12> kInAll{"総勢", "合計", "一家", "親子",     "夫婦",   "全員",
                                                  "世帯", "計",   "全",   "合わせて", "家族計", "家族全員"};

// The number at the end of the text, in digits or kanji; the text is cut before it.
std::optional<int> take_last_number(std::string_view& text) {
  const std::u32string characters = text::to_characters(text);
  std::size_t start = characters.size();
  while (start > 0 && text::is_numeral(characters[start - 1]))
    --start;
  if (start == characters.size()) return std::nullopt;
  std::size_t at = start;
  const auto number = text::read_numeral(characters, at);
  if (!number || at != characters.size()) return std::nullopt;
  text = text.substr(0, text::to_utf8(std::u32string_view(characters).substr(0, start)).size());
  return static_cast<int>(number->value);
}

}  // namespace

std::vector<NamePiece> cut_into_pieces(std::string_view cell) {
  const std::u32string characters = text::to_characters(cell);
  std::vector<NamePiece> pieces(1);
  std::size_t piece_start = 0;
  const auto close_piece = [&] { pieces.back().text = std::string(trim(pieces.back().text)); };
  for (std::size_t at = 0; at < characters.size(); ++at) {
    const char32_t c = narrow_character(characters[at]);
    NamePiece& piece = pieces.back();
    if (const char32_t closing = closing_of(c)) {
      std::size_t end = at + 1;
      while (end < characters.size() && narrow_character(characters[end]) != closing)
        ++end;
      const std::string inside = text::to_utf8(std::u32string_view(characters).substr(at + 1, end - at - 1));
      if (!trim(inside).empty()) piece.brackets.emplace_back(trim(inside));
      piece.text += ' ';
      at = end;
    } else if (c == U'※' || (c == U'*' && at > piece_start)) {
      std::size_t end = at + 1;
      while (end < characters.size() && characters[end] != U'\n')
        ++end;
      piece.note = trim(text::to_utf8(std::u32string_view(characters).substr(at + 1, end - at - 1)));
      at = end;
    } else if (parts(characters, at, piece_start)) {
      close_piece();
      pieces.emplace_back();
      pieces.back().may_be_reading = c == U'/' || c == U'\n';
      piece_start = at + 1;
    } else {
      text::append_utf8(piece.text, characters[at]);
    }
  }
  close_piece();
  std::erase_if(pieces, [](const NamePiece& piece) {
    return piece.text.empty() && piece.brackets.empty() && piece.note.empty();
  });
  return pieces;
}

std::optional<Headcount> read_headcount(const Vocabulary& vocabulary, std::string_view text,
                                        std::string_view& name) {
  // `name` must point into what the caller gave, so that lengths are counted on the text as written: width
  // changes only digits and spaces, which are removed one character at a time.
  std::string_view rest = trim(text);
  const std::string_view counter = take_last(rest, kCounters);
  const std::string_view before_number = rest;
  const auto number = take_last_number(rest);
  if (!number || *number > 9999) return std::nullopt;
  const bool kanji_number = static_cast<unsigned char>(before_number[rest.size()]) >= 0xE4 &&
                            !before_number.substr(rest.size()).starts_with("\xEF\xBC");
  rest = trim(rest);
  Headcount count;
  count.people = *number;
  if (!take_last(rest, kInAll).empty()) {
    count.total = true;
  } else if (!take_last(rest, kBesides).empty()) {
    if (rest.ends_with("と")) rest.remove_suffix(std::string_view("と").size());
  } else {
    Sex sex{};
    std::string_view relation;
    for (std::size_t at = 0; at < rest.size() && relation.empty(); ++at)
      if ((static_cast<unsigned char>(rest[at]) & 0xC0) != 0x80 &&
          vocabulary.relation_at(rest.substr(at), sex) == rest.size() - at)
        relation = rest.substr(at);
    if (!relation.empty()) {
      count.relation = relation;
      rest.remove_suffix(relation.size());
    } else if (counter.empty() || kanji_number) {
      return std::nullopt;  // a number that counts nothing, or a given name (一人)
    } else {
      count.total = true;  // 山田 4名
    }
  }
  name = trim(rest);
  return count;
}

bool is_pet(std::string_view text) {
  constexpr std::array<std::string_view, 11> kinds{"ペット", "愛犬", "愛猫", "犬",     "猫",    "いぬ",
                                                   "ねこ",   "イヌ", "ネコ", "うさぎ", "インコ"};
  constexpr std::array<std::string_view, 4> counters{"匹", "頭", "羽", "ひき"};
  text = trim(text);
  const auto kind =
      std::ranges::find_if(kinds, [&](std::string_view word) { return text.starts_with(word); });
  if (kind == kinds.end()) return false;
  std::string_view rest = trim(text.substr(kind->size()));
  if (rest.empty()) return true;
  if (rest.data() != text.data() + kind->size()) return true;  // 犬 ポチ
  take_last(rest, counters);
  return read_number(narrow(rest)).has_value();
}

}  // namespace sonae::reception

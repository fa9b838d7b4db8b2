#include "text/address_block.h"

#include "text/utf8.h"

namespace sonae::text {

namespace {

constexpr bool is_one_of(Symbol symbol, std::u32string_view symbols) {
  return symbol != Pieces::kNothing &&
         symbols.find(static_cast<char32_t>(symbol)) != std::u32string_view::npos;
}

// Letters that divide or prefix block numbers: 甲12番地, 12番地のイ.
bool is_letter(Symbol symbol) {
  return is_one_of(symbol, U"甲乙丙丁戊己庚辛壬癸イロハニホヘト");
}

bool is_joint(Symbol symbol) {
  return symbol == '-' || symbol == U'ノ';
}

bool is_two(const Pieces& pieces, std::size_t at, Symbol first, Symbol second) {
  return pieces.at(at) == first && pieces.at(at + 1) == second;
}

// 203号室, 3号棟, 2階, 3F: a number of a room or a house, not of a block.
bool is_room(const Pieces& pieces, std::size_t number) {
  const Symbol next = pieces.at(number + 1);
  if (next == U'号') return is_one_of(pieces.at(number + 2), U"室棟館車");
  if (next == U'F')
    return pieces.gap_before(number + 2) || !is_one_of(pieces.at(number + 2), U"ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  return is_one_of(next, U"階室棟館");
}

// Numbers that count something else: 3月11日, 2人, 70歳, 北1条.
bool counts_something_else(const Pieces& pieces, std::size_t number) {
  return is_one_of(pieces.at(number + 1), U"年月日時分人名歳才円条線") ||
         (pieces.at(number + 1) == U'番' && is_one_of(pieces.at(number + 2), U"町館"));
}

// A numeral of a word: 三分一, 八反田. Only numbers in kanji stand so, and what follows them is no 番, 号 or
// 丁.
bool is_in_word(const Pieces& pieces, std::size_t number) {
  if (!pieces[number].kanji_number || pieces.gap_before(number + 1)) return false;
  const Symbol next = pieces.at(number + 1);
  if (is_joint(next))
    return !is_number(pieces.at(number + 2)) && !is_letter(pieces.at(number + 2));  // 三の丸
  return !is_letter(next) && !is_one_of(next, U"番号丁地戸");
}

// One number, letter, or letter and number at `at`; the text is empty where there is none.
Block read_part(const Pieces& pieces, std::size_t at, bool first) {
  const auto number = [&](std::size_t index) {
    return is_number(pieces.at(index)) && !is_room(pieces, index) && !counts_something_else(pieces, index);
  };
  if (number(at)) return {std::to_string(number_of(pieces[at].symbol)), at + 1};
  if (!is_letter(pieces.at(at))) return {{}, at};
  std::string letter;
  append_utf8(letter, static_cast<char32_t>(pieces[at].symbol));
  if (number(at + 1) && !pieces.gap_before(at + 1))
    return {letter + std::to_string(number_of(pieces[at + 1].symbol)), at + 2};
  if (is_joint(pieces.at(at + 1)) && number(at + 2))
    return {letter + std::to_string(number_of(pieces[at + 2].symbol)), at + 3};
  const bool stands_alone = pieces.gap_before(at + 1) || is_one_of(pieces.at(at + 1), U"号番-");
  if (!first && stands_alone) return {letter, at + 1};
  return {{}, at};
}

}  // namespace

bool begins_block(const Pieces& pieces, std::size_t at) {
  if (is_number(pieces.at(at)))
    return !is_room(pieces, at) && !counts_something_else(pieces, at) && !is_in_word(pieces, at);
  if (pieces.at(at) == U'第')
    return is_number(pieces.at(at + 1)) && is_one_of(pieces.at(at + 2), U"番号丁地");
  if (pieces.at(at) == U'無') return pieces.at(at + 1) == U'番' && pieces.at(at + 2) == U'地';
  const auto is_kana = [](Symbol symbol) { return symbol >= U'ァ' && symbol <= U'ー'; };
  if (at > 0 && is_kana(pieces.at(at)) && is_kana(pieces.at(at - 1)) && !pieces.gap_before(at))
    return false;  // クシモト12: ト is part of a word
  return is_letter(pieces.at(at)) && !read_part(pieces, at, true).text.empty();
}

Block read_block(const Pieces& pieces, std::size_t at, std::size_t usual_parts) {
  if (pieces.at(at) == U'無' && pieces.at(at + 1) == U'番') return {"無番地", at + 3};
  if (pieces.at(at) == U'第') ++at;
  Block block{{}, at};
  std::size_t parts = 0;
  bool before_go = false;  // after 番 a 号 is expected, even across a space
  for (;;) {
    const Block part = read_part(pieces, at, parts == 0);
    if (part.text.empty()) return block;
    if (parts++ > 0) block.text += '-';
    block.text += part.text;
    at = part.end;

    bool open = false;  // a number may follow at once: 3番4, 12番地3
    if (pieces.at(at) == U'号') {
      block.end = ++at;
      if (pieces.at(at) != U'ノ') return block;
    } else if (is_two(pieces, at, U'番', U'地') || is_two(pieces, at, U'地', U'割')) {
      at += 2;
      open = true;
    } else if (pieces.at(at) == U'番' || pieces.at(at) == U'丁') {
      before_go = pieces.at(at) == U'番' || before_go;
      ++at;
      open = true;
    }
    block.end = at;

    const Symbol after = pieces.at(at + 1);
    const bool room =
        parts > usual_parts || (parts == usual_parts && is_number(after) && number_of(after) >= 100);
    if (is_joint(pieces.at(at)) && !(pieces.at(at) == '-' && room)) {
      ++at;
    } else if (!open || (pieces.gap_before(at) && !before_go)) {
      return block;
    }
  }
}

}  // namespace sonae::text

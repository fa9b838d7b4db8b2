#include "text/address_notation.h"

#include <algorithm>
#include <string>

#include "text/fold.h"
#include "text/utf8.h"

namespace sonae::text {

namespace {

constexpr std::uint16_t kLeftOut = 0;
constexpr std::uint16_t kGap = 1;
// The value of a kanji numeral as a digit, or as a power of ten from 10 on; -1 for all else.
int kanji_numeral(char32_t character) {
  switch (character) {
    case U'〇':
    case U'零':
      return 0;
    case U'一':
      return 1;
    case U'二':
      return 2;
    case U'三':
      return 3;
    case U'四':
      return 4;
    case U'五':
      return 5;
    case U'六':
      return 6;
    case U'七':
      return 7;
    case U'八':
      return 8;
    case U'九':
      return 9;
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    case U'万':
      return 10000;
    default:
      return -1;
  }
}

// A run of kanji numerals, read digit by digit: 千二百三十四, 一二三四 and 百二 are numbers all three.
class KanjiNumber {
 public:
  void add(int numeral) {
    if (numeral < 10) {
      digits_ = std::min<std::uint64_t>(digits_ * 10 + static_cast<std::uint64_t>(numeral), kGreatestNumber);
      pending_ = true;
      return;
    }
    const std::uint64_t times = pending_ ? digits_ : 1;
    if (numeral == 10000) {
      total_ = std::max<std::uint64_t>(total_ + (pending_ ? digits_ : 0), 1) * 10000;
    } else {
      total_ += times * static_cast<std::uint64_t>(numeral);
    }
    total_ = std::min<std::uint64_t>(total_, kGreatestNumber);
    digits_ = 0;
    pending_ = false;
  }
  std::uint32_t value() const {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(total_ + digits_, kGreatestNumber));
  }

 private:
  std::uint64_t total_ = 0;
  std::uint64_t digits_ = 0;
  bool pending_ = false;
};

// JIS X 0201 katakana U+FF66..FF9D in the order of their codes.
constexpr char16_t kHalfWidthKana[] =
    u"ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリ"
    u"ルレロワン";

constexpr char16_t kDashes[] = u"-‐‑‒–—―−－﹣─━－ｰ";
constexpr char16_t kGaps[] = u" \t\r\n\u00A0\u2002\u2003\u2009\u200A\u202F\u3000,，、､";

// Kana that carry 濁点 or 半濁点, as unvoiced → voiced.
char16_t voiced(char16_t kana, bool half) {
  if (half) return kana >= u'ハ' && kana <= u'ホ' ? static_cast<char16_t>(kana + 2) : kana;
  if (kana == u'ウ') return u'ヴ';
  const bool takes = (kana >= u'カ' && kana <= u'ト' && kana != u'ッ') || (kana >= u'ハ' && kana <= u'ホ');
  return takes ? static_cast<char16_t>(kana + 1) : kana;
}

// Spellings of one sound in place names: small kana for large, ヶ for ケ and ガ (つつじヶ丘, つつじが丘), の
// for 之.
char16_t fold_place_kana(char16_t kana) {
  if (kana >= u'ぁ' && kana <= u'ゖ') kana = static_cast<char16_t>(kana + 0x60);
  switch (kana) {
    case u'ァ':
    case u'ィ':
    case u'ゥ':
    case u'ェ':
    case u'ォ':
    case u'ッ':
    case u'ャ':
    case u'ュ':
    case u'ョ':
    case u'ヮ':
      return static_cast<char16_t>(kana + 1);
    case u'ヵ':
    case u'ヶ':
    case u'ガ':
      return u'ケ';
    case u'ヂ':
      return u'ジ';
    case u'ヅ':
      return u'ズ';
    case u'之':
    case u'乃':
      return u'ノ';
    default:
      return kana;
  }
}

}  // namespace

AddressNotation::AddressNotation(const Tables& tables) {
  for (std::uint32_t code = 0; code < folded_.size(); ++code)
    folded_[code] = fold_place_kana(static_cast<char16_t>(code));
  add_kanji_variants(tables);
  folded_[u'舟'] = folded_[u'船'];  // other characters, but exchanged in names of places (一之舟入町)
  for (char16_t code = 0; code < 0x20; ++code)
    folded_[code] = kGap;
  for (char16_t code = u'a'; code <= u'z'; ++code)
    folded_[code] = static_cast<std::uint16_t>(code - 0x20);
  for (char16_t code = 0xFF01; code <= 0xFF5E; ++code)
    folded_[code] = folded_[code - 0xFEE0];
  for (std::size_t i = 0; kHalfWidthKana[i] != 0; ++i)
    folded_[0xFF66 + i] = fold_place_kana(kHalfWidthKana[i]);
  for (const char16_t* dash = kDashes; *dash != 0; ++dash)
    folded_[*dash] = u'-';
  for (const char16_t* gap = kGaps; *gap != 0; ++gap)
    folded_[*gap] = kGap;
  for (std::uint32_t selector = 0xFE00; selector <= 0xFE0F; ++selector)
    folded_[selector] = kLeftOut;
  folded_[0x200B] = folded_[0xFEFF] = kLeftOut;  // zero width
}

void AddressNotation::add_kanji_variants(const Tables& tables) {
  const auto add = [&](char16_t code) {
    std::string character;
    append_utf8(character, code);
    const std::string representative = fold_name(tables, character);
    std::size_t at = 0;
    if (representative.empty()) return;
    const char32_t folded = next_character(representative, at);
    if (at == representative.size() && folded > kGap && folded < 0x10000)
      folded_[code] = fold_place_kana(static_cast<char16_t>(folded));
  };
  for (char16_t code = 0x3400; code <= 0x9FFF; ++code)
    if (kanji_numeral(code) < 0 && folded_[code] == code) add(code);
  for (char16_t code = 0xF900; code <= 0xFAFF; ++code)
    add(code);
}

// Reads one text into pieces, character by character. What a character becomes may depend on the piece before
// it: a digit makes a number longer, 一 between digits is a dash.
class AddressNotation::Reader {
 public:
  Reader(const AddressNotation& notation, std::string_view written, Pieces& into)
      : folded_(notation.folded_), written_(written), pieces_(into) {}

  void read() {
    pieces_.count_ = 0;
    while (at_ < written_.size()) {
      begin_ = at_;
      if (!take(next_character(written_, at_))) {
        at_ = begin_;
        break;
      }
    }
    pieces_.read_bytes = static_cast<std::uint32_t>(at_);
  }

 private:
  // False where there is no room for another piece.
  bool take(char32_t character) {
    if (character >= 0xE0100 && character <= 0xE01EF) return extend();  // a variation selector
    if (character == 0x3099 || character == 0x309A || character == 0xFF9E || character == 0xFF9F)
      return add_voice(character == 0x309A || character == 0xFF9F);
    const Symbol symbol = character < folded_.size() ? folded_[character] : static_cast<Symbol>(character);
    if (symbol == kLeftOut) return extend();
    if (symbol == kGap) {
      gap_ = true;
      return true;
    }
    unfolded_ = character >= 0xFF66 && character <= 0xFF9D ? kHalfWidthKana[character - 0xFF66]
                                                           : static_cast<char16_t>(symbol);
    if (symbol >= '0' && symbol <= '9') return add_digit(symbol - '0');
    if (const int numeral = kanji_numeral(static_cast<char32_t>(symbol)); numeral >= 0)
      return add_kanji(numeral);
    if (after_number() && (symbol == U'ー' || symbol == U'~' || symbol == U'〜')) return add('-');
    if (symbol == '-' && !gap_ && last_is('-')) return extend();
    const bool counts = !gap_ && symbol == U'目' && last_is(U'丁') && pieces_.count_ > 1 &&
                        is_number(pieces_.pieces_[pieces_.count_ - 2].symbol);
    return counts ? extend() : add(symbol);  // 3丁目 and 3丁 are one
  }

  Piece& last() { return pieces_.pieces_[pieces_.count_ - 1]; }
  bool last_is(Symbol symbol) { return pieces_.count_ > 0 && last().symbol == symbol; }
  bool after_number() { return pieces_.count_ > 0 && !gap_ && is_number(last().symbol); }

  bool add(Symbol symbol, bool kanji_number = false) {
    if (pieces_.count_ == Pieces::kLimit) return false;
    pieces_.pieces_[pieces_.count_++] = {symbol, static_cast<std::uint32_t>(begin_),
                                         static_cast<std::uint32_t>(at_), gap_, kanji_number};
    gap_ = false;
    return true;
  }

  bool extend() {  // what was read belongs to the piece before it
    if (pieces_.count_ > 0 && !gap_) last().end = static_cast<std::uint32_t>(at_);
    return true;
  }

  bool add_voice(bool half) {  // 濁点, 半濁点 after the kana that they voice
    if (pieces_.count_ == 0 || gap_ || is_number(last().symbol)) return true;
    last().symbol = fold_place_kana(voiced(unfolded_, half));
    return extend();
  }

  bool add_digit(std::uint32_t digit) {
    const bool longer =
        after_number() && !last().kanji_number && number_of(last().symbol) <= (kGreatestNumber - 9) / 10;
    if (!longer) return add(number_symbol(digit));
    last().symbol = number_symbol(number_of(last().symbol) * 10 + digit);
    return extend();
  }

  bool add_kanji(int numeral) {
    if (after_number() && last().kanji_number) {
      kanji_.add(numeral);
      last().symbol = number_symbol(kanji_.value());
      return extend();
    }
    if (numeral == 1 && after_number() && digit_follows()) return add('-');  // 2一3: 一 typed for a dash
    kanji_ = {};
    kanji_.add(numeral);
    return add(number_symbol(kanji_.value()), true);
  }

  bool digit_follows() const {
    std::size_t next = at_;
    if (next == written_.size()) return false;
    const char32_t character = next_character(written_, next);
    return (character >= U'0' && character <= U'9') || (character >= U'０' && character <= U'９');
  }

  const std::array<std::uint16_t, 0x10000>& folded_;
  const std::string_view written_;
  Pieces& pieces_;
  std::size_t begin_ = 0;  // of the character being read
  std::size_t at_ = 0;
  bool gap_ = false;
  char16_t unfolded_ = 0;  // the last character before it was folded, for the marks that voice it
  KanjiNumber kanji_;
};

void AddressNotation::read(std::string_view written, Pieces& into) const {
  Reader(*this, written, into).read();
}

std::vector<Symbol> AddressNotation::symbols(std::string_view written) const {
  Pieces pieces;
  read(written, pieces);
  std::vector<Symbol> symbols(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i)
    symbols[i] = pieces[i].symbol;
  return symbols;
}

}  // namespace sonae::text

#include "text/address_notation.h"

#include <algorithm>
#include <string>

#include "text/fold.h"

namespace sonae::text {

namespace {

constexpr std::uint16_t kLeftOut = 0;
constexpr std::uint16_t kGap = 1;
constexpr char32_t kReplacement = 0xFFFD;

// One character of UTF-8 at `at`, which moves on; U+FFFD for a byte that begins none.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return text[at++] & 0x7F;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return ++at, kReplacement;
  char32_t character = lead & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return ++at, kReplacement;
    character = character << 6 | (byte(at + i) & 0x3F);
  }
  static constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (character < kLeast[length] || character > 0x10FFFF || (character >= 0xD800 && character < 0xE000))
    return ++at, kReplacement;
  at += length;
  return character;
}

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

void append_utf8(std::string& text, char16_t unit) {
  text += static_cast<char>(0xE0 | (unit >> 12));
  text += static_cast<char>(0x80 | ((unit >> 6) & 0x3F));
  text += static_cast<char>(0x80 | (unit & 0x3F));
}

}  // namespace

AddressNotation::AddressNotation(const Tables& tables) {
  for (std::uint32_t code = 0; code < folded_.size(); ++code)
    folded_[code] = fold_place_kana(static_cast<char16_t>(code));
  add_kanji_variants(tables);
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

void AddressNotation::read(std::string_view written, Pieces& into) const {
  into.count_ = 0;
  into.read_bytes = 0;
  bool gap = false;
  char32_t last = 0;  // the folded character before, for voicing marks
  KanjiNumber kanji;
  std::size_t at = 0;
  while (at < written.size()) {
    const std::size_t begin = at;
    const char32_t character = next_character(written, at);
    if (character >= 0xE0100 && character <= 0xE01EF) {  // variation selectors belong to what they follow
      if (into.count_ > 0) into.pieces_[into.count_ - 1].end = static_cast<std::uint32_t>(at);
      continue;
    }
    Piece* const before = into.count_ > 0 && !gap ? &into.pieces_[into.count_ - 1] : nullptr;
    const auto extend = [&] { before->end = static_cast<std::uint32_t>(at); };

    if (character == 0x3099 || character == 0x309A || character == 0xFF9E || character == 0xFF9F) {
      if (before != nullptr && !is_number(before->symbol)) {
        const bool half = character == 0x309A || character == 0xFF9F;
        before->symbol = fold_place_kana(voiced(static_cast<char16_t>(last), half));
        extend();
      }
      continue;
    }
    Symbol symbol = character < folded_.size() ? folded_[character] : static_cast<Symbol>(character);
    if (symbol == kLeftOut) {
      if (before != nullptr) extend();
      continue;
    }
    if (symbol == kGap) {
      gap = true;
      continue;
    }
    last = character >= 0xFF66 && character <= 0xFF9D ? kHalfWidthKana[character - 0xFF66] : symbol;

    const bool after_number = before != nullptr && is_number(before->symbol);
    bool is_kanji_number = false;
    if (symbol >= '0' && symbol <= '9') {
      const std::uint32_t digit = symbol - '0';
      if (after_number && !before->kanji_number && number_of(before->symbol) <= (kGreatestNumber - 9) / 10) {
        before->symbol = number_symbol(number_of(before->symbol) * 10 + digit);
        extend();
        continue;
      }
      symbol = number_symbol(digit);
    } else if (const int numeral = kanji_numeral(static_cast<char32_t>(symbol)); numeral >= 0) {
      const auto is_digit = [&](std::size_t next) {
        return next < written.size() &&
               ((written[next] >= '0' && written[next] <= '9') ||
                (written.substr(next, 2) == "\xEF\xBC" && next + 2 < written.size() &&
                 static_cast<unsigned char>(written[next + 2]) >= 0x90 &&
                 static_cast<unsigned char>(written[next + 2]) <= 0x99));
      };
      if (numeral == 1 && after_number && !before->kanji_number && is_digit(at)) {
        symbol = '-';  // 2一3: 一 typed for a dash
      } else if (after_number && before->kanji_number) {
        kanji.add(numeral);
        before->symbol = number_symbol(kanji.value());
        extend();
        continue;
      } else {
        kanji = {};
        kanji.add(numeral);
        symbol = number_symbol(kanji.value());
        is_kanji_number = true;
      }
    } else if (after_number && (symbol == U'ー' || symbol == U'~' || symbol == U'〜')) {
      symbol = '-';  // 2ー3
    } else if (symbol == U'目' && before != nullptr && before->symbol == U'丁' && into.count_ > 1 &&
               is_number(into.pieces_[into.count_ - 2].symbol)) {
      extend();  // 3丁目 and 3丁 are one
      continue;
    } else if (symbol == '-' && before != nullptr && before->symbol == '-') {
      extend();
      continue;
    }
    if (into.count_ == Pieces::kLimit) {
      at = begin;
      break;
    }
    into.pieces_[into.count_++] = {symbol, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at),
                                   gap, is_kanji_number};
    gap = false;
  }
  into.read_bytes = static_cast<std::uint32_t>(at);
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

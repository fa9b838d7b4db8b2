#include "town/reception/age_cell.h"

#include <array>
#include <string>

#include "text/numerals.h"
#include "text/utf8.h"
#include "town/reception/cell.h"

namespace sonae::reception {

namespace {

constexpr std::uint32_t kOldest = 125;  // the oldest person known reached 122

bool take(std::u32string_view& text, std::u32string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

template <std::size_t N>
bool take_one_of(std::u32string_view& text, const std::array<std::u32string_view, N>& words) {
  for (const std::u32string_view word : words)
    if (take(text, word)) return true;
  return false;
}

std::optional<std::uint32_t> take_number(std::u32string_view& text) {
  std::size_t at = 0;
  const auto number = text::read_numeral(text, at);
  if (!number) return std::nullopt;
  text.remove_prefix(at);
  return number->value;
}

constexpr std::array<std::u32string_view, 6> kBeforeRough{U"約",   U"およそ", U"おおよそ",
                                                          U"推定", U"たぶん", U"~"};
constexpr std::array<std::u32string_view, 6> kBefore{U"満", U"数え", U"生後", U"年齢", U"当時", U"("};
constexpr std::array<std::u32string_view, 5> kYears{U"歳", U"才", U"さい", U"サイ", U"years"};
constexpr std::array<std::u32string_view, 9> kMonths{U"か月", U"ヶ月",   U"カ月", U"ヵ月", U"ケ月",
                                                     U"箇月", U"かげつ", U"ｶ月",  U"月"};
constexpr std::array<std::u32string_view, 11> kAfterRough{
    U"代前半", U"代後半", U"代", U"くらい", U"ぐらい", U"位", U"頃", U"ごろ", U"前後", U"?", U"前"};

}  // namespace

std::optional<AgeReading> read_age(std::string_view written, bool needs_unit) {
  const std::string bare = replace_all(narrow(trim(written)), " ", "");
  const std::u32string characters = text::to_characters(bare);
  std::u32string_view rest = characters;
  AgeReading reading;
  bool months_only = false, unit = false;
  while (!rest.empty()) {
    if (take_one_of(rest, kBeforeRough)) {
      reading.rough = true;
    } else if (rest.starts_with(U"生後")) {
      months_only = true;
      take(rest, U"生後");
    } else if (!take_one_of(rest, kBefore)) {
      break;
    }
  }
  const auto first = take_number(rest);
  if (!first) return std::nullopt;
  std::uint32_t years = *first;
  if (take_one_of(rest, kMonths)) {
    unit = true;
    years = *first / 12;
    reading.months = static_cast<int>(*first % 12);
  } else if (take(rest, U"日") && months_only) {
    unit = true;
    years = 0;
    reading.months = static_cast<int>(*first / 30);
  } else {
    unit = take_one_of(rest, kYears);
    if (take(rest, U"半")) {
      reading.months = 6;
    } else if (const auto months = take_number(rest)) {
      if (!unit || !take_one_of(rest, kMonths) || *months > 11) return std::nullopt;
      reading.months = static_cast<int>(*months);
    }
  }
  if (take_one_of(rest, kAfterRough)) {
    reading.rough = true;
    unit = true;
    take_one_of(rest, kYears);
  }
  if (!take(rest, U")")) take(rest, U"児");
  if (!rest.empty() || (needs_unit && !unit)) return std::nullopt;
  if (years <= kOldest) reading.years = static_cast<int>(years);
  return reading;
}

}  // namespace sonae::reception

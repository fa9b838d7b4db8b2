#include <algorithm>
#include <array>
#include <vector>

#include "text/date.h"
#include "text/era.h"
#include "text/numerals.h"
#include "text/utf8.h"

namespace sonae::text {

namespace {

std::unexpected<Error> unreadable() {
  return fail(ErrorCode::invalid_input, {"日付として読めません", "This cannot be read as a date"}, {},
              {"昭和23年3月11日、S23.3.11、1948-03-11 のように書いてください",
               "Write it like 昭和23年3月11日, S23.3.11 or 1948-03-11"});
}

std::unexpected<Error> no_such_day() {
  return fail(ErrorCode::invalid_input, {"その日付は暦にありません", "There is no such day"});
}

bool is_space(char32_t c) {
  return c == U' ' || c == U'　' || c == U'\t' || c == 0xA0;
}

bool is_separator(char32_t c) {
  constexpr std::u32string_view kSeparators = U".．/／-－‐‑–—―−・･,，、。ー";
  return kSeparators.find(c) != std::u32string_view::npos;
}

bool take(std::u32string& text, std::u32string_view word) {
  bool found = false;
  for (std::size_t at = text.find(word); at != std::u32string::npos; at = text.find(word, at)) {
    text.erase(at, word.size());
    found = true;
  }
  return found;
}

// What stands in brackets repeats the date in another calendar, or names the day of the week.
void drop_brackets(std::u32string& text) {
  constexpr std::u32string_view kOpen = U"(（[［〔";
  constexpr std::u32string_view kClose = U")）]］〕";
  for (;;) {
    const std::size_t open = text.find_first_of(kOpen);
    if (open == std::u32string::npos) return;
    const std::size_t close = text.find_first_of(kClose, open);
    text.erase(open, close == std::u32string::npos ? close : close - open + 1);
  }
}

// "1948/3/11 0:00", "1948-03-11T00:00:00": spreadsheets add a time of day.
void drop_time_of_day(std::u32string& text) {
  const std::size_t colon = text.find_first_of(U":：");
  if (colon == std::u32string::npos) return;
  const std::size_t before = text.find_last_of(U" 　Tt", colon);
  text.erase(before == std::u32string::npos ? colon : before);
}

// A date as written, cut into its parts.
struct Written {
  const Era* era = nullptr;
  struct Part {
    std::uint32_t value = 0;
    int digits = 0;
    char32_t unit = 0;  // 年 月 日, or 0 for a separator
  };
  std::vector<Part> parts;
};

// Absent where something else stands in the text.
std::optional<Written> cut(std::u32string_view text) {
  Written written;
  std::size_t at = 0;
  if (text.starts_with(U"西暦")) {
    at = 2;
  } else {
    written.era = read_era(text, at);
  }
  bool separated = true;
  while (at < text.size()) {
    const char32_t c = text[at];
    if (is_separator(c)) {
      ++at, separated = true;
    } else if (c == U'年' || c == U'月' || c == U'日') {
      // The unit of the number before it; or of a number that is not known (月日不詳).
      if (!separated && !written.parts.empty()) {
        written.parts.back().unit = c;
      } else {
        written.parts.push_back({0, 2, c});
      }
      ++at, separated = true;
    } else if (c == U'元' && written.parts.empty()) {
      written.parts.push_back({1, 1, 0});
      ++at, separated = false;
    } else {
      if (!separated) return std::nullopt;
      const auto number = read_numeral(text, at);
      if (!number) return std::nullopt;
      written.parts.push_back({number->value, number->digits, 0});
      separated = false;
    }
    if (written.parts.size() > 3) return std::nullopt;
  }
  return written;
}

struct Parts {
  int year = 0, month = 0, day = 0;
  bool year_in_era = false;
  bool year_has_two_digits = false;
};

// Digits without separators: 19480311, 3230311 (era code), 480311, 1948; with an era 230311, 2303, 23.
std::optional<Parts> from_digits(Written& written) {
  const std::uint32_t n = written.parts[0].value;
  const auto value = [](std::uint32_t v) { return static_cast<int>(v); };
  Parts parts;
  if (written.era != nullptr) {
    parts.year_in_era = true;
    switch (written.parts[0].digits) {
      case 6:
        parts.year = value(n / 10000), parts.month = value(n / 100 % 100), parts.day = value(n % 100);
        return parts;
      case 4:
        parts.year = value(n / 100), parts.month = value(n % 100);
        return parts;
      default:
        parts.year = value(n);
        return n < 100 ? std::optional(parts) : std::nullopt;
    }
  }
  switch (written.parts[0].digits) {
    case 8:
      parts.year = value(n / 10000), parts.month = value(n / 100 % 100), parts.day = value(n % 100);
      return parts;
    case 7:
      if (n == 0) return parts;
      written.era = era_of_code(value(n / 1000000));
      if (written.era == nullptr) return std::nullopt;
      parts.year_in_era = true;
      parts.year = value(n / 10000 % 100), parts.month = value(n / 100 % 100), parts.day = value(n % 100);
      return parts;
    case 6: {
      parts.year = value(n / 10000), parts.month = value(n / 100 % 100), parts.day = value(n % 100);
      parts.year_has_two_digits = true;
      if (parts.month >= 1 && is_possible(2000, parts.month, parts.day)) return parts;
      parts = {value(n / 100), value(n % 100), 0};  // 194803
      return parts;
    }
    case 4:
      parts.year = value(n);
      return parts;
    default:
      return std::nullopt;
  }
}

// Numbers with units or separators between them.
std::optional<Parts> from_parts(const Written& written) {
  Parts parts;
  parts.year_in_era = written.era != nullptr;
  const auto& numbers = written.parts;
  const bool any_unit =
      std::any_of(numbers.begin(), numbers.end(), [](const auto& p) { return p.unit != 0; });
  if (any_unit) {
    char32_t expected = U'年';
    for (const auto& part : numbers) {
      // A number without its unit has the one that is next in order: 昭和23年3.11
      const char32_t unit = part.unit != 0 ? part.unit : expected;
      int& into = unit == U'年' ? parts.year : unit == U'月' ? parts.month : parts.day;
      into = static_cast<int>(part.value);
      if (unit == U'年')
        parts.year_has_two_digits = !parts.year_in_era && part.digits <= 2 && part.value != 0;
      expected = unit == U'年' ? U'月' : U'日';
    }
    return parts;
  }
  const auto value = [&](std::size_t i) { return static_cast<int>(numbers[i].value); };
  if (numbers.size() == 3 && written.era == nullptr && numbers[2].digits == 4) {
    // 11/3/1948: the year last. Which is the month can be told only where one is over twelve, or both are
    // equal.
    parts = {value(2), value(0), value(1)};
    if (value(0) > 12) std::swap(parts.month, parts.day);
    const bool ambiguous = value(0) <= 12 && value(1) <= 12 && value(0) != value(1);
    return ambiguous ? std::nullopt : std::optional(parts);
  }
  if (numbers.size() == 2 && written.era == nullptr && numbers[0].digits <= 2) {
    parts.month = value(0), parts.day = value(1);  // 3/11
    return parts;
  }
  parts.year = value(0);
  parts.month = numbers.size() > 1 ? value(1) : 0;
  parts.day = numbers.size() > 2 ? value(2) : 0;
  parts.year_has_two_digits = !parts.year_in_era && numbers[0].digits <= 2 && numbers[0].value != 0;
  return parts;
}

bool outside(const Era& era, const PartialDate& date) {
  // The earliest and the latest day that the known parts allow.
  const Date earliest{date.year, std::max<std::uint8_t>(date.month, 1), std::max<std::uint8_t>(date.day, 1)};
  const Date latest{date.year, date.month == 0 ? std::uint8_t{12} : date.month,
                    date.day == 0 ? std::uint8_t{31} : date.day};
  return latest < era.first || era.last < earliest;
}

// Years before 天保 and far ahead are typing errors.
bool is_year_of_people(int year, Date today) {
  return year >= 1830 && year <= today.year + 100;
}

// "1948-03-11" and "19480311", as files of systems write them, without going through the grammar. Absent
// where it is anything else, or is no day.
std::optional<PartialDate> plain_date(std::string_view written, Date today) {
  std::array<int, 8> digits{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    if (c >= '0' && c <= '9' && count < 8) {
      digits[count++] = c - '0';
    } else if (written.size() != 10 || (i != 4 && i != 7) || (c != '-' && c != '/')) {
      return std::nullopt;
    }
  }
  if (count != 8) return std::nullopt;
  const int year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
  const int month = digits[4] * 10 + digits[5];
  const int day = digits[6] * 10 + digits[7];
  if (!is_year_of_people(year, today) || !is_possible(year, month, day)) return std::nullopt;
  return PartialDate{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                     static_cast<std::uint8_t>(day)};
}

}  // namespace

Result<ParsedDate> parse_date(std::string_view written, Date today) {
  if (const auto plain = plain_date(written, today)) return ParsedDate{.date = *plain};
  if (written.size() > 200) return unreadable();
  std::u32string text = to_characters(written);
  drop_brackets(text);
  drop_time_of_day(text);
  std::erase_if(text, is_space);

  ParsedDate parsed;
  for (const std::u32string_view word : {U"頃", U"ごろ", U"ころ", U"約", U"推定", U"上旬", U"中旬", U"下旬"})
    if (take(text, word)) parsed.about = true;
  bool unknown = false;
  for (const std::u32string_view word :
       {U"不詳", U"不明", U"不祥", U"未詳", U"わからない", U"?", U"？", U"*", U"＊", U"×"})
    if (take(text, word)) unknown = true;
  for (const std::u32string_view word : {U"生年月日", U"生まれ", U"生れ", U"うまれ", U"生"})
    take(text, word);
  // "3月11" and signs alone say as little as nothing at all.
  const bool nothing = std::all_of(text.begin(), text.end(), [](char32_t c) {
    return is_separator(c) || c == U'年' || c == U'月' || c == U'日';
  });
  if (nothing) return parsed;
  if (text == U"99999999" || text == U"00000000") return parsed;

  auto parts = cut(text);
  if (!parts) return unreadable();
  if (parts->parts.empty()) return unknown ? Result<ParsedDate>(parsed) : unreadable();
  const bool one_number = parts->parts.size() == 1 && parts->parts[0].unit == 0 && parts->parts[0].digits > 0;
  const auto found = one_number ? from_digits(*parts) : from_parts(*parts);
  if (!found) return unreadable();

  int year = found->year;
  if (year != 0 && found->year_in_era) {
    if (year > 150) return unreadable();
    year += parts->era->first.year - 1;
  } else if (year != 0 && found->year_has_two_digits) {
    year += year + 2000 <= today.year ? 2000 : 1900;
    parsed.two_digit_year = true;
  }
  if (year != 0 && !is_year_of_people(year, today)) return unreadable();
  if (!is_possible(year, found->month, found->day)) return no_such_day();
  parsed.date = {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(found->month),
                 static_cast<std::uint8_t>(found->day)};
  if (found->year_in_era && year != 0) parsed.era_and_year_disagree = outside(*parts->era, parsed.date);
  return parsed;
}

}  // namespace sonae::text

// The same registry and list as both engines of a comparison get them: read by the engine's own readers,
// folded, one value a column. An SQL linker that started from the raw lists would be measured by its lack of
// a reader.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "link/features.h"
#include "link/registry.h"
#include "link/row_matcher.h"

namespace sonae::bench {

inline constexpr const char* kNormalColumns =
    "id,family_kana,given_kana,family_kanji,given_kanji,sex,birth_date,birth_year,town,number,phone\n";

inline void append_utf8(std::string& text, char32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | (c >> 6));
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    text += static_cast<char>(0xE0 | (c >> 12));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  }
}

// Letters as characters again (features.cc says which code is which).
inline std::string text_of(link::Letters letters, unsigned bits) {
  std::string text;
  for (unsigned i = 0; i < letters.count; ++i, letters.packed >>= bits) {
    const auto code = static_cast<std::uint32_t>(letters.packed & link::low_bits(bits));
    if (bits == link::kKanjiBits)
      append_utf8(text, code >= 0xD800 && code < 0xE000 ? U'〓' : code);
    else
      append_utf8(text, code <= 90 ? 0x30A0 + code : code < 126 ? 'a' + code - 100 : U'〓');
  }
  return text;
}

// An age becomes a year of birth, give or take one, and no birth date.
inline std::string normal_line(std::string_view id, const link::Features& f) {
  const bool whole = f.birth().is_whole() && (f.flags & link::Features::year_from_age) == 0;
  const auto number = [](auto n) { return n == 0 ? std::string() : fmt::format("{}", n); };
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", id, text_of(f.family_kana(), link::kKanaBits),
                     text_of(f.given_kana(), link::kKanaBits), text_of(f.family_kanji(), link::kKanjiBits),
                     text_of(f.given_kanji(), link::kKanjiBits), number(f.sex),
                     whole ? fmt::format("{:04}-{:02}-{:02}", f.year, f.month, f.day) : "", number(f.year),
                     number(f.town), number(f.numbers[0]), number(f.phone));
}

inline std::string normal_registry(const link::Registry& registry) {
  const link::Index& index = registry.index();
  std::string csv = kNormalColumns;
  for (std::uint32_t slot = 0; slot < index.slots(); ++slot)
    if ((index.features(slot).flags & link::Features::alias) == 0)
      csv += normal_line(index.id(slot), index.features(slot));
  return csv;
}

inline std::string normal_list(const link::Registry& registry, const std::vector<link::Record>& rows,
                               Date as_of) {
  link::RowMatcher reader(registry, as_of);
  std::string csv = kNormalColumns;
  for (const link::Record& row : rows) {
    const auto read = reader.read(row);
    link::Features features = read.empty() ? link::Features{} : read[0].features;
    if (!read.empty() && features.year == 0 && read[0].age >= 0)
      features.year = static_cast<std::int16_t>(as_of.year - read[0].age);
    csv += normal_line(row.id, features);
  }
  return csv;
}

}  // namespace sonae::bench

// Eras (元号): names, letters, codes and days on which they began. Pure, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/time.h"

namespace sonae::text {

struct Era {
  std::u32string_view name;  // 昭和
  char32_t letter;           // S; 0 for eras that have none in use
  char32_t ligature;         // ㍼; 0 where Unicode has none
  std::uint8_t code;         // of resident registries: 1 明治 ... 5 令和; 0 for older eras
  Date first;                // the first day that may be written in it
  Date last;                 // the last; the day of change counts for both where the law let it
};

// From 天保 on (whoever is older is not looked for), newest first. Before 1873 the lunar calendar was in use;
// first and last of those eras are whole years.
inline constexpr std::array<Era, 12> kEras = {{
    {U"令和", U'R', U'㋿', 5, {2019, 5, 1}, {9999, 12, 31}},
    {U"平成", U'H', U'㍻', 4, {1989, 1, 8}, {2019, 4, 30}},
    {U"昭和", U'S', U'㍼', 3, {1926, 12, 25}, {1989, 1, 7}},
    {U"大正", U'T', U'㍽', 2, {1912, 7, 30}, {1926, 12, 25}},
    {U"明治", U'M', U'㍾', 1, {1868, 1, 1}, {1912, 7, 30}},
    {U"慶応", 0, 0, 0, {1865, 1, 1}, {1868, 12, 31}},
    {U"元治", 0, 0, 0, {1864, 1, 1}, {1865, 12, 31}},
    {U"文久", 0, 0, 0, {1861, 1, 1}, {1864, 12, 31}},
    {U"万延", 0, 0, 0, {1860, 1, 1}, {1861, 12, 31}},
    {U"安政", 0, 0, 0, {1854, 1, 1}, {1860, 12, 31}},
    {U"嘉永", 0, 0, 0, {1848, 1, 1}, {1854, 12, 31}},
    {U"天保", 0, 0, 0, {1830, 1, 1}, {1844, 12, 31}},
}};

// The era that begins at `at` in a text, in any notation; `at` is moved behind it. Null where none does.
const Era* read_era(std::u32string_view text, std::size_t& at);
const Era* era_of_code(int code);
const Era& era_of_day(Date day);  // the newer one on a day of change; 明治 or older for old days

}  // namespace sonae::text

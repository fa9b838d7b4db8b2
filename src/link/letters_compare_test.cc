#include "link/letters_compare.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "link/compare.h"

using namespace sonae;
using namespace sonae::link;

namespace {

Letters word(const std::string& letters) {  // one letter a character
  Letters result;
  for (const char c : letters)
    result.packed |= Packed{static_cast<unsigned char>(c)} << (kKanaBits * result.count++);
  return result;
}

// Optimal string alignment, the plain way.
unsigned plain_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<unsigned>> d(a.size() + 1, std::vector<unsigned>(b.size() + 1));
  for (unsigned i = 0; i <= a.size(); ++i)
    for (unsigned j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

}  // namespace

TEST_CASE("the distance in registers is the distance by the book, as far as it counts") {
  std::vector<std::string> words = {""};
  for (std::size_t i = 0; i < words.size() && words[i].size() < 5; ++i)
    for (const char c : {'\1', '\2', '\3'})
      words.push_back(words[i] + c);
  for (const std::string& a : words)
    for (const std::string& b : words) {
      if (a.empty() || b.empty()) continue;
      const unsigned expected = std::min(2U, plain_distance(a, b));
      if (kana_distance(word(a), word(b)) != expected) {
        CAPTURE(a);
        CAPTURE(b);
        CHECK(kana_distance(word(a), word(b)) == expected);
      }
    }
  const std::string longest = "abcdefghijklmnop";
  CHECK(kana_distance(word(longest), word("abcdefghijklmnoq")) == 1);
  CHECK(kana_distance(word(longest), word("abcdefghijklmno")) == 1);
  CHECK(kana_distance(word(longest), word("bcdefghijklmnop")) == 1);
}

TEST_CASE("names: levels from kanji and reading together") {
  const Letters taro = kana_letters("タロ"), jiro = kana_letters("ジロ"), hiroshi = kana_letters("ヒロシ"),
                hiroji = kana_letters("ヒロジ");
  const Letters k1 = kanji_letters("太郎"), k2 = kanji_letters("太朗"), k3 = kanji_letters("次郎");
  CHECK(compare_name(k1, taro, k1, taro) == level::kanji_same);
  CHECK(compare_name(k1, {}, k1, taro) == level::kanji_same);
  CHECK(compare_name(k1, jiro, k1, taro) == level::kanji_same_kana_differs);
  CHECK(compare_name(k2, taro, k1, taro) == level::kana_same_kanji_differs);
  CHECK(compare_name(k2, {}, k1, taro) == level::kanji_near);
  CHECK(compare_name(k3, jiro, k1, taro) == level::kanji_and_kana_differ);
  CHECK(compare_name(k3, {}, k1, taro) == level::kanji_near);
  CHECK(compare_name({}, taro, k1, taro) == level::kana_same);
  CHECK(compare_name({}, hiroji, {}, hiroshi) == level::kana_near);
  CHECK(compare_name({}, jiro, {}, taro) == level::kana_differs);
  CHECK(compare_name({}, kana_letters("ヒロ"), {}, hiroshi) == level::kana_near);
  CHECK(compare_name({}, kana_letters("カズ"), {}, kana_letters("カズヒコ")) == level::kana_begins_alike);
  CHECK(compare_name(k1, {}, {}, taro) == level::missing);
  CHECK(compare_name({}, {}, k1, taro) == level::missing);
}

TEST_CASE("dates, ages, addresses, telephone numbers") {
  using text::PartialDate;
  CHECK(compare_birth({1948, 3, 11}, {1948, 3, 11}) == level::birth_same);
  CHECK(compare_birth({1948, 3, 0}, {1948, 3, 11}) == level::birth_month_same);
  CHECK(compare_birth({1948, 0, 0}, {1948, 3, 11}) == level::birth_year_same);
  CHECK(compare_birth({0, 3, 11}, {1948, 3, 11}) == level::birth_day_same);
  CHECK(compare_birth({1948, 3, 12}, {1948, 3, 11}) == level::birth_one_part_differs);
  CHECK(compare_birth({1948, 11, 3}, {1948, 3, 11}) == level::birth_exchanged);
  CHECK(compare_birth({1998, 3, 11}, {1935, 3, 11}) == level::birth_other_era);
  CHECK(compare_birth({1948, 3, 25}, {1948, 3, 11}) == level::birth_near);
  CHECK(compare_birth({1960, 7, 1}, {1948, 3, 11}) == level::birth_differs);
  CHECK(compare_birth({1947, 0, 0}, {1948, 3, 11}) == level::birth_known_parts_differ);
  CHECK(compare_birth({}, {1948, 3, 11}) == level::missing);

  const Date today{2026, 11, 20};
  CHECK(compare_age(78, {1948, 3, 11}, today) == level::age_same);
  CHECK(compare_age(77, {1948, 12, 11}, today) == level::age_same);
  CHECK(compare_age(79, {1948, 3, 11}, today) == level::age_off_by_one);
  CHECK(compare_age(80, {1948, 3, 11}, today) == level::age_rounded);
  CHECK(compare_age(75, {1948, 3, 11}, today) == level::age_rounded);
  CHECK(compare_age(76, {1948, 3, 11}, today) == level::age_off_by_few);
  CHECK(compare_age(68, {1948, 3, 11}, today) == level::age_off_by_ten);
  CHECK(compare_age(41, {1948, 3, 11}, today) == level::age_differs);
  CHECK(compare_age(-1, {1948, 3, 11}, today) == level::missing);
  CHECK(compare_rough_age(70, AgeMeans::decade, {1948, 3, 11}, today) == level::age_within);  // 78
  CHECK(compare_rough_age(80, AgeMeans::decade, {1948, 3, 11}, today) == level::age_not_within);
  CHECK(compare_rough_age(80, AgeMeans::about, {1948, 3, 11}, today) == level::age_within);
  CHECK(compare_rough_age(70, AgeMeans::about, {1948, 3, 11}, today) ==
        level::age_within);  // 70代 or about 70
  CHECK(compare_rough_age(72, AgeMeans::about, {1948, 3, 11}, today) == level::age_not_within);
  CHECK(compare_rough_age(70, AgeMeans::decade, {}, today) == level::missing);

  Query row;
  Features resident;
  row.features.town = resident.town = 77;
  row.features.numbers[0] = 12;
  row.features.numbers[1] = 3;
  resident.numbers[0] = 12;
  resident.numbers[1] = 3;
  CHECK(compare_address(row, resident) == level::address_same);
  row.features.numbers[1] = 0;
  CHECK(compare_address(row, resident) == level::address_same_start);
  row.features.numbers[0] = 21;
  CHECK(compare_address(row, resident) == level::town_same_number_near);
  row.features.numbers[0] = 4567;
  CHECK(compare_address(row, resident) == level::town_same_number_differs);
  row.features.numbers[0] = 0;
  CHECK(compare_address(row, resident) == level::town_same);
  row.features.town = 78;
  CHECK(compare_address(row, resident) == level::town_differs);
  row.address = AddressKind::elsewhere;
  CHECK(compare_address(row, resident) == level::address_elsewhere);

  CHECK(compare_phone(735621111, 735621111) == level::phone_same);
  CHECK(compare_phone(621111, 735621111) == level::phone_same);
  CHECK(compare_phone(735621112, 735621111) == level::phone_near);
  CHECK(compare_phone(735612222, 735621111) == level::phone_differs);
  CHECK(compare_phone(0, 735621111) == level::missing);
}

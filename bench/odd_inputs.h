// Registries and lists that nobody expects, at full size: what each of them costs is printed by `link_bench
// odd`.
#pragma once

#include <fmt/format.h>

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sonae::bench {

struct OddInput {
  const char* name;
  std::function<std::string()> registry, list;  // as CSV
};

namespace odd {

inline std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i)
    all += text;
  return all;
}

// A file of `count` lines, each made by `line` from its number.
template <class Line>
std::string lines(const char* header, std::size_t count, Line&& line) {
  std::string csv = std::string(header) + "\n";
  for (std::size_t i = 0; i < count; ++i)
    csv += line(i) + "\n";
  return csv;
}
template <class Line>
auto residents(std::size_t count, Line line) {
  return [=] { return lines("id,household_id,name,kana,sex,birth_date,address,phone", count, line); };
}
template <class Line>
auto rows(std::size_t count, Line line) {
  return [=] { return lines("entry_id,name,kana,sex,birth_date,age,address,phone,note", count, line); };
}

inline std::string birth(std::size_t i) {
  return fmt::format("{}-{:02}-{:02}", 1930 + i % 90, 1 + i / 90 % 12, 1 + i / 1080 % 28);
}
// Of one name, told apart by birth date and house number.
inline std::string of_one_name(std::size_t i) {
  return fmt::format("{},h{},佐藤　清,サトウ　キヨシ,男,{},和歌山県東牟婁郡串本町串本{}番地,0735{:06}", i,
                     i / 2, birth(i), 1 + i % 3000, i);
}
// Of many names.
inline std::string of_some_name(std::size_t i) {
  static constexpr std::array<const char*, 8> kFamily = {"佐藤", "鈴木", "高橋", "田中",
                                                         "伊藤", "渡辺", "山本", "中村"};
  static constexpr std::array<const char*, 6> kGiven = {"清", "花子", "茂", "恵子", "翔太", "美咲"};
  return fmt::format("{},h{},{}　{},,,{},和歌山県東牟婁郡串本町串本{}番地,", i, i / 2, kFamily[i % 8],
                     kGiven[i / 8 % 6], birth(i), 1 + i % 3000);
}
inline std::string row_of_one_name(std::size_t i) {
  return i % 3 == 0   ? fmt::format("e{},佐藤 清,,,,,,,", i)
         : i % 3 == 1 ? fmt::format("e{},サトウキヨシ,,男,,{},串本,,", i, i % 90)
                      : fmt::format("e{},佐藤清,,,{},,串本{},,", i, birth(i), 1 + i % 3000);
}

}  // namespace odd

inline std::vector<OddInput> odd_inputs() {
  using namespace odd;
  const std::string long_kanji = repeated("斎", 10'000), long_kana = repeated("サイトウ", 2'500);
  const auto one_row = [](std::size_t i) { return fmt::format("e{},佐藤 清,,男,,70,串本,,", i); };
  const auto alike = [](std::size_t i) {
    return fmt::format("{},h1,佐藤　清,サトウ　キヨシ,男,1950-01-01,串本町串本1番地,0735620000", i);
  };
  return {
      {"no fields at all", residents(1'000'000, [](std::size_t i) { return fmt::format("{},,,,,,,", i); }),
       rows(20'000, [](std::size_t i) { return fmt::format("e{},,,,,,,,", i); })},
      {"one name, told apart by dates", residents(100'000, of_one_name), rows(5'000, row_of_one_name)},
      {"one name, alike in everything", residents(100'000, alike), rows(5'000, row_of_one_name)},
      {"one name, a list of 20,000", residents(100'000, of_one_name), rows(20'000, row_of_one_name)},
      {"a list longer than the registry", residents(1'000, of_some_name), rows(30'000, row_of_one_name)},
      {"one stranger on every row", residents(1'000, of_some_name),
       rows(20'000,
            [](std::size_t i) { return fmt::format("e{},勘解由小路 蔵人,,男,1950-01-01,,大阪市,,", i); })},
      {"names of 10,000 characters",
       residents(
           5'000,
           [=](std::size_t i) { return fmt::format("{},,{}　清,{}　キヨシ,,,,", i, long_kanji, long_kana); }),
       rows(500, [=](std::size_t i) { return fmt::format("e{},{}清,{},,,,,,", i, long_kanji, long_kana); })},
      {"notes and addresses of 10,000", residents(100'000, of_some_name),
       rows(500,
            [=](std::size_t i) {
              return fmt::format("e{},佐藤 清,,,,,{}1-2-3,{},{}", i, long_kanji, repeated("7", 10'000),
                                 long_kana);
            })},
      {"a single record on either side", residents(1, of_some_name), rows(1, one_row)},
      {"a single row", residents(1'000'000, of_some_name), rows(1, one_row)},
      {"a single resident", residents(1, of_some_name), rows(20'000, one_row)},
      {"headings only", residents(0, of_some_name), rows(0, one_row)},
  };
}

}  // namespace sonae::bench

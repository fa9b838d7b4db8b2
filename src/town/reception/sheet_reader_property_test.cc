// What must hold for any list whatever: nothing of it is lost, and reading it is a function of it.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "base/json.h"
#include "text/encoding.h"
#include "town/reception/cell.h"
#include "town/reception/sheet_reader.h"

namespace sonae::reception {

namespace {

const Vocabulary& vocabulary() {
  static const auto tables = text::Tables::open(real_env(), SONAE_DATA_DIR);
  static const auto opened =
      Vocabulary::open(real_env(), SONAE_DATA_DIR, {}, tables ? tables->get() : nullptr);
  REQUIRE(opened.has_value());
  return **opened;
}

ReadSheet read(std::string_view content) {
  ReadOptions options;
  options.file_name = "list.csv";
  options.today = *Date::of(2026, 3, 15);
  return read_sheet(vocabulary(), content, options);
}

// Cells as haste leaves them.
rc::Gen<std::string> cell() {
  return rc::gen::weightedOneOf<std::string>({
      {12, rc::gen::element<std::string>("山田太郎", "山田 花子", "佐藤 一郎・花子・子2人", "鈴木健 外3名",
                                         "妻 花子", "〃 次郎", "〃", "同上", "\"", "々", "", "", "　",
                                         "NGUYEN THI MAI", "マリア・サントス", "たけちゃん", "(4人)", "夫婦",
                                         "犬1匹", "不明", "山田？郎", "1. 田中")},
      {8, rc::gen::element<std::string>("70", "７０才", "0歳6か月", "70代", "S23.3.11", "17603", "小3", "700",
                                        "男", "F", "○", "串本1-2", "〃 3-5", "大島", "090-1111-2222",
                                        "9012345678", "9.01E+09")},
      {4, rc::gen::element<std::string>("車椅子", "妻は透析", "アレルギーなし", "計 35名", "合計", "【2階】",
                                        "以下余白", "氏名", "年齢", "取消", "35", "-", "歳", "12月30日",
                                        "大島小学校 避難者名簿")},
      {1, rc::gen::container<std::string>(rc::gen::inRange<char>(32, 126))},
      {1, rc::gen::container<std::string>(rc::gen::arbitrary<char>())},
  });
}

rc::Gen<std::string> sheet() {
  const auto header = rc::gen::element<std::string>(
      "氏名,年齢,住所,備考\n", "番号,氏名,ふりがな,性別,生年月日,電話\n", "世帯,姓,名,人数\n", "",
      "名簿 3月12日\n\n氏名,年齢\n", "氏名,年齢,氏名,年齢\n");
  const auto row = rc::gen::map(rc::gen::resize(6, rc::gen::container<std::vector<std::string>>(cell())),
                                [](const std::vector<std::string>& cells) {
                                  std::string line;
                                  for (const std::string& one : cells)
                                    line += (line.empty() ? "" : ",") + one;
                                  return line + "\n";
                                });
  const auto rows = rc::gen::map(rc::gen::resize(12, rc::gen::container<std::vector<std::string>>(row)),
                                 [](const std::vector<std::string>& lines) {
                                   std::string all;
                                   for (const std::string& line : lines)
                                     all += line;
                                   return all;
                                 });
  return rc::gen::map(rc::gen::pair(header, rows), [](const std::pair<std::string, std::string>& parts) {
    return parts.first + parts.second;
  });
}

// Nothing but separators and white space (full-width space too).
bool is_blank_line(const std::string& written) {
  const std::string line = replace_all(written, "　", " ");
  return line.find_first_not_of(" ,\t\"") == std::string::npos;
}

}  // namespace

TEST_CASE("reading a list: every line is there once and in order, as persons or as something else") {
  CHECK(rc::check([] {
    const std::string content = *sheet();
    const ReadSheet read_once = read(content);
    std::uint64_t last = 0;
    for (const SheetLine& line : read_once.lines) {
      RC_ASSERT(line.line > last);
      last = line.line + static_cast<std::uint64_t>(std::ranges::count(line.raw, '\n'));
      RC_ASSERT(line.kind.has_value() == line.persons.empty());
      RC_ASSERT(line.remarks_of.size() == line.persons.size());
    }
  }));
}

TEST_CASE("reading a list of plain text: the raw lines are the file") {
  CHECK(rc::check([] {
    const std::string content = *rc::gen::suchThat(sheet(), [](const std::string& text) {
      return std::ranges::all_of(text, [](char byte) { return byte != '\0' && byte != '\r'; }) &&
             text::detect_encoding(text) == text::Encoding::utf8;
    });
    std::vector<std::string> written, kept;
    for (std::size_t at = 0; at < content.size();) {
      const std::size_t end = std::min(content.find('\n', at), content.size());
      written.push_back(content.substr(at, end - at));
      at = end + 1;
    }
    std::vector<bool> is_kept(written.size() + 1);
    for (const SheetLine& line : read(content).lines) {
      std::string_view raw = line.raw;
      for (std::uint64_t number = line.line; number <= written.size(); ++number) {
        const std::size_t end = raw.find('\n');
        RC_ASSERT(raw.substr(0, end) == written[number - 1]);
        is_kept[number] = true;
        if (end == std::string_view::npos) break;
        raw.remove_prefix(end + 1);
      }
    }
    for (std::size_t i = 0; i < written.size(); ++i)
      RC_ASSERT(is_kept[i + 1] || is_blank_line(written[i]));
  }));
}

TEST_CASE("reading a list: rows below never change what was read above, where a header says the columns") {
  CHECK(rc::check([] {
    const auto rows = *rc::gen::resize(8, rc::gen::container<std::vector<std::string>>(cell()));
    std::string content = "氏名,年齢,住所\n";
    // Bytes that are not UTF-8 would make the whole file, header included, another encoding.
    for (const std::string& row : rows)
      if (row.find_first_of("\"\n\r") == std::string::npos &&
          text::detect_encoding(row) == text::Encoding::utf8)
        content += row + ",70,串本\n";
    const ReadSheet before = read(content);
    const ReadSheet after = read(content + "山田太郎,70,串本1\n");
    RC_ASSERT(after.lines.size() >= before.lines.size());
    for (std::size_t i = 0; i < before.lines.size(); ++i)
      RC_ASSERT(to_text(to_json(before.lines[i].persons)) == to_text(to_json(after.lines[i].persons)));
  }));
}

}  // namespace sonae::reception

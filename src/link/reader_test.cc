#include "link/reader.h"

#include <doctest/doctest.h>

#include "link/csv_pieces.h"
#include "link/note.h"
#include "link/test_town.h"

using namespace sonae;
using namespace sonae::link;

namespace {

std::vector<int> numbers_of(std::string_view address) {
  const SplitAddress split = split_address(address);
  std::vector<int> numbers;
  for (const std::uint16_t n : split.numbers)
    if (n) numbers.push_back(n);
  return numbers;
}

}  // namespace

TEST_CASE("addresses are cut where their numbers begin, whatever the notation") {
  using V = std::vector<int>;
  for (const std::string_view same :
       {"中湊2丁目3番4号", "中湊2-3-4", "中湊二丁目３－４", "中湊２の３の４", "中湊2―3―4",
        "中湊二丁目三番四号", "中湊2丁目3番地4", "〒649-3503 中湊2-3-4"}) {
    CAPTURE(same);
    CHECK(numbers_of(same) == V{2, 3, 4});
    CHECK(split_address(same).head == "中湊");
  }
  CHECK(numbers_of("三田町") == V{});
  CHECK(numbers_of("八丁堀12") == V{12});
  CHECK(numbers_of("高富") == V{});
  CHECK(numbers_of("") == V{});
  CHECK(numbers_of("串本1234番地 コーポ串本") == V{1234});
}

TEST_CASE("what is too long for an address is cut before it is looked at") {
  std::string endless = "串本町";
  for (int i = 0; i < 10'000; ++i)
    endless += "市";
  CHECK(split_address(endless + "1-2").head.size() <= 400);
  CHECK(numbers_of(endless + "1-2").empty());
  CHECK(numbers_of("串本町串本1-2" + endless) == std::vector<int>{1, 2});
}

TEST_CASE("a number of a town's name is no number of a house") {
  using V = std::vector<int>;
  CHECK(split_address("十三番丁 798の5").head == "十三番丁 ");
  CHECK(numbers_of("十三番丁 798の5") == V{798, 5});
  CHECK(numbers_of("一番町3丁目7-1") == V{3, 7, 1});
  CHECK(split_address("6番町12").head == "6番町");
  CHECK(numbers_of("四番丁") == V{});
  CHECK(numbers_of("北1条西2丁目3-4") == V{2, 3, 4});
  CHECK(split_address("北1条西2丁目3-4").head == "北1条西");
  CHECK(numbers_of("栄町1番町田荘") == V{1});
  CHECK(numbers_of("栄町二番町田荘") == V{2});
  CHECK(numbers_of("栄町5番") == V{5});
  const Context context = test_context();
  CHECK(fold_head(context, "6番町") == fold_head(context, "六番町"));
  CHECK(fold_head(context, "２０番町") == fold_head(context, "二十番町"));
  CHECK(fold_head(context, "北10条西") == fold_head(context, "北十条西"));
}

TEST_CASE("a town is known by the end of its name, and another municipality is elsewhere") {
  const Context context = test_context();
  Places places;
  places.learn(context, "和歌山県東牟婁郡串本町高富", 10);
  places.learn(context, "和歌山県東牟婁郡串本町字大島", 10);
  places.learn(context, "和歌山県東牟婁郡串本町潮岬", 10);
  places.finish();
  const auto town = places.find(context, "和歌山県東牟婁郡串本町高富").town;
  CHECK(town > Places::kMunicipality);
  CHECK(places.find(context, "高富").town == town);
  CHECK(places.find(context, "串本町高富").town == town);
  CHECK(places.find(context, "串本町大字高富").town == town);
  CHECK(places.find(context, "高富コーポ").town == town);
  CHECK(places.find(context, "大島").town == places.find(context, "串本町大島").town);
  CHECK(places.find(context, "串本町").town == 0);
  CHECK(places.find(context, "大阪府大阪市北区梅田").elsewhere);
  CHECK(!places.find(context, "潮ノ岬").elsewhere);
  CHECK(places.find(context, "潮ノ岬").town == places.find(context, "潮岬").town);
}

TEST_CASE("a place that no resident's address names is not another town") {
  const Context context = test_context();
  Places places;
  places.learn(context, "和歌山県東牟婁郡串本町串本", 10);
  places.finish();
  CHECK(places.find(context, "袋").unheard_of);
  CHECK(!places.find(context, "串本").unheard_of);
  WordCache cache;
  const Frequencies known(10);
  Record row;
  row.name = "佐藤清";
  row.address = "袋12";
  const auto queries = read_row(context, row, cache, known, places);
  CHECK(queries.front().features.town == 0);
  CHECK(queries.front().address == AddressKind::unclear);
}

TEST_CASE("a town of two municipalities may be either, where the row names neither") {
  const Context context = test_context();
  Places places;
  places.learn(context, "和歌山県海南市本町", 10);
  places.learn(context, "和歌山県新宮市本町", 30);
  places.finish();
  const std::uint32_t of_shingu = places.find(context, "新宮市本町").town,
                      of_kainan = places.find(context, "海南市本町").town;
  CHECK(of_shingu != of_kainan);
  const Places::Found either = places.find(context, "本町");
  CHECK(either.town == of_shingu);
  CHECK(either.others[0] == of_kainan);
  CHECK(either.others[1] == 0);
  CHECK(places.find(context, "新宮市本町").others[0] == 0);
  // Learning more goes on from what was known.
  places.learn(context, "和歌山県海南市本町", 40);
  places.finish();
  CHECK(places.find(context, "本町").town == of_kainan);
  CHECK(places.find(context, "本町").others[0] == of_shingu);
}

TEST_CASE("telephone numbers, notes") {
  CHECK(phone_number("0735-62-1111") == 735621111);
  CHECK(phone_number("０７３５（６２）１１１１") == 735621111);
  CHECK(phone_number("+81 735 62 1111") == 735621111);
  CHECK(phone_number("62-1111") == 621111);
  CHECK(phone_number("119") == 0);
  CHECK(read_note("電話 090-1234-5678 まで").phone == "090-1234-5678");
  CHECK(read_note("薬が要る（旧姓 田中）").former_family_name == "田中");
  CHECK(read_note("旧姓：山本、足が悪い").former_family_name == "山本");
  CHECK(read_note("佐藤さんの孫").phone.empty());
}

TEST_CASE("a CSV file is cut at ends of records only") {
  std::string csv = "id,name\n";
  for (int i = 0; i < 60000; ++i)
    csv += std::to_string(i) + ",\"two\nlines, and \"\"quotes\"\" of row " + std::to_string(i) + "\"\n";
  const auto pieces = csv_pieces(csv, 3);
  CHECK(pieces.size() == 2);  // no piece under a mebibyte
  std::string whole;
  for (const CsvPiece& piece : pieces) {
    CHECK(piece.lines_before == static_cast<std::uint64_t>(std::ranges::count(whole, '\n')));
    if (!whole.empty()) CHECK(piece.content.find("two") < 10);
    whole += piece.content;
  }
  CHECK(whole == csv);
  CHECK(csv_pieces("", 2).size() == 1);
}

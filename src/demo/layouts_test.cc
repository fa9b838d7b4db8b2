#include "demo/layouts.h"

#include <doctest/doctest.h>

#include "base/csv.h"
#include "demo/test_town.h"
#include "text/encoding.h"

using namespace sonae;
using namespace sonae::demo;

namespace {

// All of a small town in a layout, and its residents.
std::string town_in(Layout layout, std::vector<Resident>& residents) {
  Town town = test_town({.seed = 41, .residents = 8'000});
  std::string text = head_of(layout);
  while (const Household* const household = town.next())
    for (const Resident& resident : *household) {
      append_record(text, layout, resident, town.options().as_of);
      residents.push_back(resident);
    }
  return text;
}

}  // namespace

TEST_CASE("the 基本データリスト layout holds every resident under its item names") {
  std::vector<Resident> residents;
  const std::string text = town_in(Layout::kihon, residents);
  CHECK(text.starts_with("\xEF\xBB\xBF"));
  CsvReader reader(text);
  REQUIRE(*reader.next());
  const std::vector<std::string> items(reader.cells().begin(), reader.cells().end());
  CHECK(items.size() == 37);
  for (const Resident& resident : residents) {
    REQUIRE(*reader.next());
    REQUIRE(reader.cells().size() == items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
      CHECK(reader.cells()[i] == kihon_item(resident, items[i]));
  }
  CHECK_FALSE(*reader.next());
}

TEST_CASE("items of one resident") {
  Resident resident;
  resident.family = {"潮崎", "シオザキ"};
  resident.given = {"一郎", "イチロウ"};
  resident.birth = {1989, 1, 7};
  resident.relation = "2012";
  resident.is_protected = true;
  CHECK(kihon_item(resident, "氏名") == "潮崎　一郎");
  CHECK(kihon_item(resident, "氏名_フリガナ") == "シオザキ　イチロウ");
  CHECK(kihon_item(resident, "生年月日_元号") == "3");
  CHECK(kihon_item(resident, "続柄コード1") == "20");
  CHECK(kihon_item(resident, "続柄コード2") == "12");
  CHECK(kihon_item(resident, "続柄コード3").empty());
  CHECK(kihon_item(resident, "続柄表記") == "子の妻");
  CHECK(kihon_item(resident, "支援措置区分") == "1");
  CHECK(kihon_item(resident, "操作者ID").empty());
}

TEST_CASE("the plain layout has 32 columns, and CP932 can hold all of it, 外字 among it") {
  std::vector<Resident> residents;
  const std::string text = town_in(Layout::plain_2012, residents);
  const text::Encoded encoded = text::encode(text, text::Encoding::cp932);
  for (const auto& missing : encoded.unencodable)
    FAIL_CHECK("no code for U+" << std::hex << static_cast<unsigned>(missing.character));
  CHECK(text.find("\uE000") != std::string::npos);
  const text::Decoded decoded = text::decode(encoded.bytes, text::Encoding::cp932);
  CHECK(decoded.text == text);
  CsvReader reader(decoded.text);
  for (const Resident& resident : residents) {
    REQUIRE(*reader.next());
    REQUIRE(reader.cells().size() == 32);
    CHECK(reader.cells()[0] == resident.id);
  }
}

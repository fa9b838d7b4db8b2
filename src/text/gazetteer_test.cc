#include "text/gazetteer.h"

#include <doctest/doctest.h>

#include "text/address.h"
#include "text/test_tables.h"

using namespace sonae;
using namespace sonae::text;

namespace {

Gazetteer small() {
  const Town town{"和歌山県", "串本町", "東牟婁郡", "串本", "クシモト", "304280", Position{135.78, 33.47}};
  Town other = town;
  other.name = "高富";
  other.kana = "";
  other.position.reset();
  return Gazetteer::build(test_tables(), "304280", {town, other},
                          {{"串本", "12", {1, 1}},
                           {"串本", "15-1", {2, 2}},
                           {"串本", "15-2", {3, 3}},
                           {"串本", "15", {4, 4}},
                           {"串本", "20-7", {5, 5}}});
}

double longitude(const Gazetteer& gazetteer, std::string_view block) {
  return gazetteer.place("串本", block)->position.longitude;
}

}  // namespace

TEST_CASE("gazetteer: a block stands at its point, a branch at that of its 番地") {
  const Gazetteer gazetteer = small();
  CHECK(gazetteer.place("串本", "12")->exact);
  CHECK(gazetteer.place("串本", "12-3")->exact);  // no branch of 12 has a point of its own
  CHECK(longitude(gazetteer, "12-3-5") == 1);
  CHECK(longitude(gazetteer, "15-2") == 3);
  CHECK(longitude(gazetteer, "15-9") == 4);
  CHECK_FALSE(gazetteer.place("串本", "15-9")->exact);  // others of 15 do
  CHECK(longitude(gazetteer, "20") == 5);
  CHECK_FALSE(gazetteer.place("串本", "20")->exact);
  CHECK(longitude(gazetteer, "99") == 135.78);
  CHECK_FALSE(gazetteer.place("串本", "99")->exact);
  CHECK_FALSE(gazetteer.place("高富", "1"));
  CHECK_FALSE(gazetteer.place("銀座", "1"));
}

TEST_CASE("gazetteer: built from towns alone it reads addresses") {
  const Gazetteer gazetteer = small();
  const Address address = parse_address(gazetteer, test_tables(), "東牟婁郡串本町くしもと12番地");
  CHECK(address.prefecture == "和歌山県");
  CHECK(address.town == "串本");
  CHECK(address.block == "12");
  CHECK(place(gazetteer, address)->position.longitude == 1);
  const Gazetteer none = Gazetteer::build(test_tables(), "304280", {});
  CHECK(none.home_towns().empty());
  CHECK(parse_address(none, test_tables(), "串本12").town == "串本");
  CHECK_FALSE(parse_address(none, test_tables(), "串本12").town_known);
}

TEST_CASE("gazetteer: a designated city is all of its wards") {
  const auto sendai = Gazetteer::open(real_env(), SONAE_DATA_DIR, test_tables(), "041009");
  REQUIRE(sendai);
  CHECK(sendai->home_towns().size() > 900);
  const Address address = parse_address(*sendai, test_tables(), "一番町3丁目7-1");
  CHECK(address.municipality == "仙台市青葉区");
  CHECK(address.town == "一番町三丁目");
  CHECK(address.block == "7-1");
  CHECK(place(*sendai, address));
  CHECK(parse_address(*sendai, test_tables(), "仙台市一番町3-7-1").town == "一番町三丁目");
  const Address ward = parse_address(*sendai, test_tables(), "若林区荒井1");
  CHECK(ward.municipality == "仙台市若林区");
  CHECK(ward.town == "荒井");
}

TEST_CASE("gazetteer: the block points of the demonstration town") {
  const auto points = read_block_points(real_env(), SONAE_DATA_DIR "/demo/kushimoto/blocks.tsv");
  REQUIRE(points);
  CHECK(points->size() > 1000);
  const auto gazetteer = Gazetteer::open(real_env(), SONAE_DATA_DIR, test_tables(), "304280", *points);
  REQUIRE(gazetteer);
  CHECK(gazetteer->home_towns().size() == 32);
  CHECK(gazetteer->home_towns().front().county == "東牟婁郡");
  for (const BlockPoint& point : gazetteer->blocks()) {
    const auto placed = gazetteer->place(point.town, point.block);
    REQUIRE(placed);
    CHECK(placed->exact);
  }
}

TEST_CASE("gazetteer: what is not there or damaged is told") {
  const auto unknown = Gazetteer::open(real_env(), SONAE_DATA_DIR, test_tables(), "999999");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == ErrorCode::not_found);
  const auto nowhere = Gazetteer::open(real_env(), "/nonexistent", test_tables(), "304280");
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().code == ErrorCode::not_found);
  CHECK_FALSE(read_block_points(real_env(), "/nonexistent"));
}

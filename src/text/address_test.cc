#include "text/address.h"

#include <doctest/doctest.h>

#include "text/test_tables.h"

using namespace sonae;
using namespace sonae::text;

namespace {

const Gazetteer& kushimoto() {
  static const auto opened = Gazetteer::open(real_env(), SONAE_DATA_DIR, test_tables(), "304280");
  REQUIRE(opened);
  return *opened;
}

Address read(std::string_view written) {
  return parse_address(kushimoto(), test_tables(), written);
}

// town|locality|block|building|left over
std::string parts(std::string_view written) {
  const Address address = read(written);
  return address.town + "|" + address.locality + "|" + address.block + "|" + address.building + "|" +
         address.left_over;
}

}  // namespace

TEST_CASE("address: one place in many notations") {
  for (const char* const written :
       {"和歌山県東牟婁郡串本町串本1735番地2", "和歌山県串本町串本1735-2", "東牟婁郡串本町串本１７３５－２",
        "串本町串本1735の2", "串本1735―2", "串本千七百三十五番地の二", "串本町大字串本1735番地の２",
        "串本町 字串本 １７３５ー２", "和歌山県 東牟婁郡 串本町 串本 1735 - 2",
        "〒649-3503 和歌山県串本町串本1735-2", "6493503串本町串本1735-2", "西牟婁郡串本町串本1735番2号",
        "和歌山串本町串本一七三五番地二", "ﾜｶﾔﾏｹﾝ串本町ｸｼﾓﾄ1735-2"}) {
    CAPTURE(written);
    const Address address = read(written);
    CHECK(address.prefecture == "和歌山県");
    CHECK(address.municipality == "串本町");
    CHECK(address.municipality_code == "304280");
    CHECK(address.town == "串本");
    CHECK(address.town_known);
    CHECK(address.block == "1735-2");
    CHECK(address.building == "");
    CHECK(address.left_over == "");
  }
}

TEST_CASE("address: what was written and what was implied") {
  Address address = read("高富");
  CHECK(address.town == "高富");
  CHECK(address.municipality == "串本町");
  CHECK_FALSE(address.prefecture_written);
  CHECK_FALSE(address.municipality_written);
  address = read("和歌山県東牟婁郡串本町");
  CHECK(address.prefecture_written);
  CHECK(address.municipality_written);
  CHECK(address.town == "");
  CHECK(read("東京都").prefecture == "東京都");
  CHECK(read("東京都").municipality == "");
  CHECK(read("649-3503 串本").postcode == "6493503");
}

TEST_CASE("address: cut short, prefixed, and with a building after it") {
  CHECK(parts("高富") == "高富||||");
  CHECK(parts("大水崎 12") == "串本|大水崎|12||");
  CHECK(parts("串本1735") == "串本||1735||");
  CHECK(parts("串本町1403-8") == "||1403-8||");
  CHECK(parts("潮岬甲12番地") == "潮岬||甲12||");
  CHECK(parts("潮岬イ-12番地の3") == "潮岬||イ12-3||");
  CHECK(parts("潮岬12番地のロ") == "潮岬||12-ロ||");
  CHECK(parts("潮岬3456番地 コーポ潮岬203号室") == "潮岬||3456|コーポ潮岬203号室|");
  CHECK(parts("潮岬3456-1コーポ潮岬203") == "潮岬||3456-1|コーポ潮岬203|");
  CHECK(parts("潮岬12 201号") == "潮岬||12|201号|");
  CHECK(parts("潮岬3番4号201") == "潮岬||3-4|201|");
  CHECK(parts("潮岬3番 4号-201") == "潮岬||3-4|201|");
  CHECK(parts("古座100番地　山田様方") == "古座||100|山田様方|");
  CHECK(parts("古座 山田様方") == "古座|||山田様方|");
  CHECK(parts("古座字大谷12番地") == "古座|大谷|12||");
  CHECK(parts("古座無番地") == "古座||無番地||");
  CHECK(parts("古座町古座12") == "古座||12||");
  CHECK(parts("くじの川 5") == "鬮野川||5||");
  CHECK(parts("さんご台1060-140") == "サンゴ台||1060-140||");
  CHECK(parts("串本 コーポ潮岬 203号室") == "串本|||コーポ潮岬 203号室|");
}

TEST_CASE("address: the names that the town's own people use") {
  CHECK(parts("串本町古座町津荷5") == "津荷||5||");
  CHECK(parts("古座 津荷 5") == "津荷||5||");
  CHECK(parts("古座 5") == "古座||5||");
  CHECK(parts("大島の樫野100番地4") == "樫野||100-4||");
  CHECK(parts("大島5") == "大島||5||");
  CHECK(parts("大島村樫野5") == "樫野||5||");
  CHECK(parts("串本高富12") == "高富||12||");
  CHECK(parts("東牟婁郡串本1735") == "串本||1735||");
  CHECK(parts("わぶか245番地2") == "和深||245-2||");
  CHECK(parts("和深安指53") == "和深|安指|53||");
  CHECK(parts("橋杭189") == "鬮野川|橋杭|189||");
}

TEST_CASE("address: labels, brackets and postcodes in front") {
  CHECK(parts("住所：串本町串本1") == "串本||1||");
  CHECK(parts("（現住所）串本町串本1") == "串本||1||");
  CHECK(parts("（串本町串本1）") == "串本||1||");
  CHECK(parts("649-3512 二色1") == "二色||1||");
  CHECK(read("６４９３５１２二色1").postcode == "6493512");
  CHECK(read("0735-62-0555 串本1").postcode == "");
}

TEST_CASE("address: numbers of words are no blocks") {
  CHECK(parts("古座字東三分一1926番地1") == "古座|東三分一|1926-1||");
  CHECK(parts("串本町三の丸12") == "三の丸||12||");
  CHECK(parts("串本 2階") == "串本|||2階|");
  CHECK(parts("串本 3月11日") == "串本||||3月11日");
}

TEST_CASE("address: garbage is left over") {
  CHECK(parts("") == "||||");
  CHECK(parts("　 ") == "||||");
  CHECK(parts("不明") == "||||不明");
  CHECK(parts("090-1234-5678") == "||||090-1234-5678");
  CHECK(parts("串本町役場の前") == "|||役場の前|");
  CHECK(parts("\xFF\xE3\x81") == "||||\xFF\xE3\x81");
}

TEST_CASE("address: other municipalities are known by name, those of the prefecture by their towns") {
  Address address = read("和歌山市葵町1-2");
  CHECK(address.municipality == "和歌山市");
  CHECK(address.town == "葵町");
  CHECK(address.block == "1-2");
  address = read("大阪市北区大深町3-40");
  CHECK(address.prefecture == "大阪府");
  CHECK(address.municipality == "大阪市北区");
  CHECK(address.town == "大深町");
  CHECK_FALSE(address.town_known);
  CHECK(address.block == "3-40");
}

TEST_CASE("address: places") {
  const auto town = kushimoto().place("串本", "");
  REQUIRE(town);
  CHECK(town->position.longitude == doctest::Approx(135.77995));
  CHECK_FALSE(town->exact);
  CHECK_FALSE(kushimoto().place("銀座", "1"));
  CHECK(kushimoto().home_towns().size() == 32);
  CHECK(place(kushimoto(), read("潮岬12")));
  CHECK_FALSE(place(kushimoto(), read("和歌山市葵町1")));
  CHECK(to_text(read("潮岬3456番地　コーポ潮岬203号室")) == "和歌山県串本町潮岬3456 コーポ潮岬203号室");
  CHECK_FALSE(Gazetteer::open(real_env(), SONAE_DATA_DIR, test_tables(), "999999"));
}

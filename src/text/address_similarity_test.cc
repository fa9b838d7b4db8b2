#include "text/address_similarity.h"

#include <doctest/doctest.h>

#include "text/test_tables.h"

using namespace sonae;
using namespace sonae::text;
using enum AddressAgreement;

namespace {

Address read(std::string_view written) {
  static const auto gazetteer = Gazetteer::open(real_env(), SONAE_DATA_DIR, test_tables(), "304280");
  REQUIRE(gazetteer);
  return parse_address(*gazetteer, test_tables(), written);
}

AddressComparison compare(std::string_view one, std::string_view other) {
  const AddressComparison result = compare_addresses(test_tables(), read(one), read(other));
  CHECK(compare_addresses(test_tables(), read(other), read(one)) == result);
  const double similarity = address_similarity(result);
  CHECK((similarity >= 0 && similarity <= 1));
  return result;
}

}  // namespace

TEST_CASE("address similarity: agreement and what could be compared") {
  struct Row {
    std::string_view one, other;
    AddressAgreement agreement, possible;
  };
  for (const Row& row : {
           Row{"串本1735-2", "和歌山県串本町串本1735番地2", same_block, same_block},
           Row{"串本1735-2", "串本1735", same_block_prefix, same_block_prefix},
           Row{"串本1735-2", "串本1735-3", same_block_prefix, same_block},
           Row{"串本1735-2", "串本1736-2", same_town, same_block_prefix},
           Row{"串本1735-2", "串本", same_town, same_town},
           Row{"串本1735-2", "串本町", same_municipality, same_municipality},
           Row{"串本1735-2", "潮岬1735-2", same_municipality, same_town},
           Row{"串本1735-2", "和歌山市", different, same_municipality},
           Row{"串本1735-2", "東京都", different, same_municipality},
           Row{"串本1735-2", "不明", different, different},
           Row{"潮岬12 コーポ潮岬203号室", "潮岬12 コーポ潮岬 203", same_with_building, same_with_building},
           Row{"潮岬12 コーポ潮岬203号室", "潮岬12 203", same_with_building, same_with_building},
           Row{"潮岬12 コーポ潮岬203号室", "潮岬12 コーポ潮岬204", same_block, same_with_building},
           Row{"潮岬12 コーポ潮岬203号室", "潮岬12 3号", same_block, same_with_building},
           Row{"潮岬12 コーポ潮岬203号室", "潮岬12 コーポ潮岬", same_block, same_block},
           Row{"潮岬甲12", "潮岬12", same_town, same_block_prefix},
           Row{"串本町西町12", "串本12", same_municipality, same_municipality},
           Row{"串本町西町12", "串本町西町 12", same_block, same_block},
       }) {
    CAPTURE(std::string(row.one));
    CAPTURE(std::string(row.other));
    const AddressComparison result = compare(row.one, row.other);
    CHECK(result.agreement == row.agreement);
    CHECK(result.possible == row.possible);
  }
}

TEST_CASE("address similarity: neighbours and slips") {
  CHECK(compare("串本1735", "串本1736").numbers_apart == 1U);
  CHECK(compare("串本1735", "串本1753").one_slip);
  CHECK(compare("串本1735", "串本175").one_slip);
  CHECK(compare("串本1735", "串本1785").one_slip);
  CHECK_FALSE(compare("串本1735", "串本1735").one_slip);
  CHECK_FALSE(compare("串本1735", "串本5371").one_slip);
  CHECK(address_similarity(compare("串本1735", "串本1753")) >
        address_similarity(compare("串本1735", "串本9")));
  CHECK(address_similarity(compare("串本1735", "串本")) > address_similarity(compare("串本1735", "串本9")));
}

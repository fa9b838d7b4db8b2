#include "town/registry/check_digit.h"

#include <doctest/doctest.h>

namespace sonae::registry {

TEST_CASE("check digits of numbers that are published as examples") {
  CHECK(my_number_is_sound("983205673214"));
  CHECK_FALSE(my_number_is_sound("983205673215"));
  CHECK(resident_code_is_sound("24727059608"));
  CHECK_FALSE(resident_code_is_sound("24727059609"));
  CHECK(municipality_code_is_sound("131016"));
  CHECK(municipality_code_is_sound("011002"));
  CHECK(municipality_code_is_sound("304280"));
  CHECK_FALSE(municipality_code_is_sound("304281"));
}

TEST_CASE("a number of the wrong length or with letters does not fit") {
  CHECK_FALSE(my_number_is_sound(""));
  CHECK_FALSE(my_number_is_sound("98320567321"));
  CHECK_FALSE(resident_code_is_sound("2472705960x"));
  CHECK(check_digit_fits(CheckDigitKind::municipality_code, "30428"));
  CHECK(check_digit_fits(CheckDigitKind::none, "anything"));
}

}  // namespace sonae::registry

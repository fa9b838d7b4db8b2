#include "link/reasons.h"

#include <doctest/doctest.h>

using namespace sonae;
using namespace sonae::link;

namespace {

Reason reason(Field field, std::uint8_t l, double weight) {
  return {field, l, weight, phrase_of(field, l)};
}

}  // namespace

TEST_CASE("what speaks against somebody stands behind what speaks for them") {
  const std::vector<Reason> mixed{
      reason(Field::given_name, level::kana_differs, -8.6), reason(Field::sex, level::sex_same, -0.1),
      reason(Field::age, level::age_same, 6), reason(Field::address, level::address_same, 17)};
  CHECK(in_words(mixed, Language::japanese) ==
        "住所が番地まで同じ、年齢が合う、性別が同じ。ただし、名の読みが違う");
  CHECK(in_words(mixed, Language::english) ==
        "address: same to the number; age: agrees; sex: same. But given name: different reading");
  CHECK(in_words({mixed[0]}, Language::japanese) == "名の読みが違う");
  CHECK(in_words({mixed[2]}, Language::english) == "age: agrees");
  CHECK(in_words({}, Language::english).empty());
}

TEST_CASE("every level that can be reached has words in both languages") {
  for (std::size_t f = 0; f < kComparedFields; ++f) {
    const auto field = static_cast<Field>(f);
    for (std::uint8_t l = 1; l < kLevels[f]; ++l) {
      if (field == Field::name_order && l == level::order_same) continue;
      const Phrase phrase = phrase_of(field, l);
      CAPTURE(f);
      CAPTURE(static_cast<int>(l));
      CHECK_FALSE(phrase.in(Language::japanese).empty());
      CHECK_FALSE(phrase.in(Language::english).empty());
    }
  }
  for (const std::uint8_t l : {level::household_beside, level::household_missing, level::household_written})
    CHECK_FALSE(phrase_of(Field::household, l).in(Language::english).empty());
}

#include "demo/hand.h"

#include <doctest/doctest.h>

#include "demo/kana.h"
#include "demo/test_town.h"
#include "demo/variants.h"
#include "text/date.h"
#include "text/kana.h"

using namespace sonae;
using namespace sonae::demo;

TEST_CASE("dates are written in every notation, and read back as the same day") {
  const Date today{2026, 11, 22};
  for (const text::PartialDate date : {text::PartialDate{1948, 3, 11},
                                       {1926, 12, 25},
                                       {1926, 12, 24},
                                       {1989, 1, 7},
                                       {1989, 1, 8},
                                       {2019, 4, 30},
                                       {2019, 5, 1},
                                       {2024, 2, 29},
                                       {1912, 7, 30}})
    for (const DateStyle style :
         {DateStyle::iso, DateStyle::slashes, DateStyle::eight_digits, DateStyle::era_kanji,
          DateStyle::era_letter, DateStyle::era_short, DateStyle::kanji_numerals}) {
      const std::string written = write_date(date, style);
      CAPTURE(written);
      const Result<text::ParsedDate> read = text::parse_date(written, today);
      REQUIRE(read);
      CHECK(read->date == date);
    }
  CHECK(write_date({1948, 3, 11}, DateStyle::no_era) == "23.3.11");
  CHECK(write_date({1948, 3, 11}, DateStyle::kanji_numerals) == "昭和二十三年三月十一日");
  CHECK(write_date({2019, 5, 1}, DateStyle::era_kanji) == "令和元年5月1日");
  CHECK(write_date({1948, 3, 0}, DateStyle::iso) == "昭和23年3月");
}

TEST_CASE("kana of a whole town come back from hiragana and half width") {
  Town town = test_town({.seed = 4, .residents = 3'000});
  while (const Household* const household = town.next())
    for (const Resident& resident : *household) {
      CHECK(text::to_katakana(in_hiragana(resident.family.kana)) == resident.family.kana);
      CHECK(text::to_katakana(in_half_width(resident.given.kana)) == resident.given.kana);
    }
  CHECK(in_half_width("ワタナベ　ショウヘイ") == "ﾜﾀﾅﾍﾞ ｼｮｳﾍｲ");
  CHECK(in_full_width("0735-00-12") == "０７３５－００－１２");
}

TEST_CASE("blocks in their notations") {
  CHECK(write_block("1234番地5", AddressStyle::town_hyphens) == "1234-5");
  CHECK(write_block("1234番地", AddressStyle::town_hyphens) == "1234");
  CHECK(write_block("1234番地5", AddressStyle::wide_hyphens) == "１２３４－５");
  CHECK(write_block("12番地3", AddressStyle::town_no) == "12の3");
  CHECK(write_block("12番地3", AddressStyle::oaza) == "12番地の3");
}

TEST_CASE("names get another form or a wrong character only where they have one") {
  Dice dice(1, Purpose::writing);
  std::string name = "渡邊";
  CHECK(write_in_another_form(dice, name));
  CHECK(name == "渡辺");
  name = "森";
  CHECK_FALSE(write_in_another_form(dice, name));
  CHECK_FALSE(miswrite(dice, name));
  name = "末広";
  CHECK(miswrite(dice, name));
  CHECK(name != "末広");
}

TEST_CASE("at severity 0 the hand writes what the registry says") {
  Town town = test_town({.seed = 6, .residents = 2'000});
  const Style style;
  Dice dice(1, Purpose::writing);
  Hand hand(dice, style, 0, {2026, 11, 22});
  while (const Household* const household = town.next())
    for (const Resident& resident : *household) {
      const Written written = hand.write(resident, household->front());
      CHECK(written.name == full_name(resident));
      CHECK(written.kana == full_kana(resident));
      CHECK(written.sex == (resident.sex == Sex::male ? "男" : "女"));
      CHECK(written.birth_date == iso_birth(resident));
      CHECK(written.age == std::to_string(age_of(resident, {2026, 11, 22})));
      CHECK(written.address == full_address(resident.address));
      CHECK(written.phone == resident.phone);
      CHECK(written.note.empty());
    }
}

TEST_CASE("slips happen about as often as the table says, and twice as often at twice the severity") {
  Town town = test_town({.seed = 8});
  const Style style;
  Dice dice(1, Purpose::writing);
  Hand usual(dice, style, 1, {2026, 11, 22});
  Hand bad(dice, style, 2, {2026, 11, 22});
  int people = 0, no_kana = 0, no_kana_bad = 0, town_only = 0, no_address = 0, no_birth = 0, no_phone = 0,
      phones = 0, same_name = 0;
  while (const Household* const household = town.next())
    for (const Resident& resident : *household) {
      ++people;
      const Written written = usual.write(resident, household->front());
      no_kana += written.kana.empty();
      no_kana_bad += bad.write(resident, household->front()).kana.empty();
      no_address += written.address.empty();
      town_only += written.address == resident.address.town;
      no_birth += written.birth_date.empty();
      phones += !resident.phone.empty();
      no_phone += !resident.phone.empty() && written.phone.empty();
      same_name += written.name == full_name(resident);
    }
  const auto near = [&](int count, double rate, int of) {
    return count > of * (rate * 0.85) && count < of * (rate * 1.15);
  };
  CHECK(near(no_kana, kRates.kana_missing, people));
  CHECK(near(no_kana_bad, 2 * kRates.kana_missing, people));
  CHECK(near(no_address, kRates.address_missing, people));
  CHECK(near(town_only, kRates.address_town_only * (1 - kRates.address_missing), people));
  CHECK(near(no_birth, kRates.birth_missing, people));
  CHECK(near(no_phone, kRates.phone_missing, phones));
  CHECK(same_name > people * 7 / 10);
  CHECK(same_name < people * 9 / 10);
}

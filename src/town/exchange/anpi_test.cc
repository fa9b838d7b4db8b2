// Safety information as CSV. All people are fictional.
#include "town/exchange/anpi.h"

#include <doctest/doctest.h>

#include "town/exchange/testing.h"

namespace sonae::exchange {

TEST_CASE("anpi: the form leaves with what was said, and comes back in another town") {
  TestTown town;
  town.receive("浜口 ツル", "1931-01-15", {reception::Audience::anyone});
  town.receive("潮崎 一郎", "1948-03-11", {}, reception::Condition::injured);
  town.receive("渡邉 健太", "1985-12-24", {}, reception::Condition::dead);
  town.receive("岩谷 花", "1992-05-05", {reception::Audience::anyone});
  town.protect("1006");  // 岩谷 花

  const Bytes living = town.exported("exchange.export_anpi", json::object{});
  CHECK(living.starts_with("\xEF\xBB\xBF記入日時,氏名,フリガナ,出生の年月日"));
  CHECK(living.find("浜口 ツル,ハマグチ ツル,1931年1月15日") != Bytes::npos);
  CHECK(living.find("〒649-3633") != Bytes::npos);
  CHECK(living.find("該当,けが,大島小学校") != Bytes::npos);
  CHECK(living.find("同意する") != Bytes::npos);
  CHECK(living.find("渡邉") == Bytes::npos);
  CHECK(living.find("岩谷") == Bytes::npos);
  const Bytes dead = town.exported("exchange.export_anpi", json::object{{"deaths", true}});
  CHECK(dead.find("渡邉") != Bytes::npos);
  CHECK(dead.find("浜口") == Bytes::npos);

  TestTown other;
  const auto take = [&](const Bytes& content) {
    return from_json<ImportReport>(
               other.invoke("exchange.import_anpi", json::object{}, api::InputFile{"anpi.csv", content})
                   .value())
        .value();
  };
  CHECK(take(living).taken == 2);
  CHECK(take(living).same == 2);
  CHECK(other.told("浜口 ツル 1931-01-15"));
  const Bytes again = other.exported("exchange.export", json::object{});
  CHECK(records_in(again).size() == 2);  // who consented there is published here
}

TEST_CASE("anpi: what cannot be read is told line by line, and no slip becomes a yes") {
  const auto file = anpi::read(
      "記入日時,氏名,出生の年月日,負傷（疾病）の該当,現在の居所,"
      "親族・同居者・知人以外の者への回答又は公表の同意\n"
      ",,,,,\n"
      "きのう,山田 花子,いつか,たぶん,体育館,まあ\n",
      Date{2026, 3, 11});
  REQUIRE(file);
  REQUIRE(file->people.size() == 1);
  CHECK(file->problems.size() == 5);
  CHECK(file->problems[0].line == 2);
  CHECK(file->problems[0].refused);
  REQUIRE(file->people[0].entry.received->consent.size() == 1);
  CHECK_FALSE(file->people[0].entry.received->consent[0].allowed);
  CHECK_FALSE(anpi::read("氏名,住所\nx,y\n", Date{2026, 3, 11}));
  CHECK_FALSE(anpi::read("", Date{2026, 3, 11}));
}

}  // namespace sonae::exchange

// Those who need care, in a whole town: lists, teams, findings and their undoing, protected persons, and the
// timeline. All people are fictional.
#include "town/headquarters/headquarters.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "town/matching/testing.h"
#include "town/shelter/shelter.h"

namespace sonae::headquarters {

namespace {

constexpr const char* kRegistry =
    "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n"
    "1001,H1,潮崎 一郎,シオザキ "
    "イチロウ,男,1948-03-11,649-3503,和歌山県東牟婁郡串本町串本100番地,0735-62-0001\n"
    "1002,H1,潮崎 和子,シオザキ カズコ,女,1950-07-02,649-3503,和歌山県東牟婁郡串本町串本100番地,\n"
    "1003,H2,渡邉 健太,ワタナベ ケンタ,男,1985-12-24,649-3503,和歌山県東牟婁郡串本町串本200番地,\n"
    "1005,H3,浜口 ツル,ハマグチ ツル,女,1931-01-15,649-3633,和歌山県東牟婁郡串本町大島5番地,\n"
    "1006,H4,岩谷 花,イワタニ ハナ,女,1992-05-05,649-3503,和歌山県東牟婁郡串本町串本300番地,0735-62-0006\n";

struct Place : matching::TestTown {
  safety::Safety safety{*town, *access, *registry, *matching};
  shelter::Shelters shelters{*town, *access, *reception};

  Place() : TestTown(safety::make_view(), shelter::make_view(), make_view()) {
    safety.add_operations(operations);
    shelters.add_operations(operations);
    add_operations(std::make_shared<Headquarters>(*town, *access, *registry, *reception, *matching, safety),
                   operations);
    load_registry(kRegistry);
    must("care.put_on_list",
         json::object{{"resident", "1001"}, {"needs", "車椅子"}, {"supporter", ""}, {"note", ""}});
  }

  json::value must(std::string_view operation, const json::value& input,
                   std::optional<api::InputFile> file = std::nullopt) {
    const auto answer = invoke(operation, input, std::move(file));
    REQUIRE_MESSAGE(answer, std::string(operation), answer.error().in(Language::english));
    return *answer;
  }
  CareAnswer care(const CareRequest& request = {}) {
    return from_json<CareAnswer>(must("care.list", to_json(request))).value();
  }
  CareRow row(const char* resident) {
    CareRequest all;
    all.all = true;
    for (const CareRow& one : care(all).rows)
      if (one.resident.text() == resident) return one;
    FAIL("not on the list: ", resident);
    return {};
  }
  void shelter_viewer() {
    must("access.open_account",
         json::object{{"login", "v"}, {"name", "v"}, {"role", "shelter"}, {"password", "long enough 1"}});
    actor = access->actor("v").value();
  }
};

}  // namespace

TEST_CASE(
    "care: the registry's needs and a list, by number or by name and birth date, minus those on lists") {
  Place place;
  REQUIRE(place.care().all.listed == 1);
  const auto report =
      from_json<ImportReport>(
          place.must("care.import", json::object(),
                     api::InputFile{"care.csv",
                                    "氏名,生年月日,避難支援等を必要とする事由,避難支援等関係者\n"
                                    "濱口ツル,昭和6年1月15日,要介護4,民生委員\n"
                                    "岩谷花,1992-05-05,視覚,\n"
                                    "名無 権兵衛,1990-01-01,,\n"}))
          .value();
  CHECK(report.listed == 1 + 1);
  REQUIRE(report.problems.size() == 1);
  CHECK(report.problems[0].line == 4);
  CareAnswer care = place.care();
  CHECK(care.all.listed == 3);
  CHECK(care.by_town.size() == 2);
  CHECK(place.row("1005").supporter == "民生委員");
  // The same list again changes nothing.
  const auto again = place.must("care.import", json::object(),
                                api::InputFile{"care.csv", "宛名番号,事由,支援者\n1005,要介護4,民生委員\n"});
  CHECK(from_json<ImportReport>(again)->unchanged == 1);
  // Who stands on a shelter's list is reached.
  place.must("reception.import", json::object{{"shelter", "大島小学校"}},
             api::InputFile{"list.csv", "氏名,生年月日,住所\n浜口 ツル,1931-01-15,大島5\n"});
  care = place.care();
  CHECK(care.all.reached == 1);
  CHECK(care.rows.size() == 2);
  CHECK(place.row("1005").on_list);
  place.must("care.take_off_list", json::object{{"resident", "1006"}, {"because", "転居"}});
  CHECK(place.care().all.listed == 2);
}

TEST_CASE(
    "care: a team is sent, says what it found, and it is taken back; the sheet has only what is needed") {
  Place place;
  place.must("care.assign", json::object{{"residents", json::array{"1001"}}, {"team", "1班"}});
  CHECK(place.row("1001").state == CareState::assigned);
  const auto sheet = from_json<SheetAnswer>(place.must("care.sheet", json::object{{"team", "1班"}})).value();
  REQUIRE(sheet.rows.size() == 1);
  CHECK(sheet.rows[0].needs == "車椅子");
  const std::string bytes = to_text(to_json(sheet));
  CHECK(bytes.find("1001") == std::string::npos);
  CHECK(bytes.find("1948") == std::string::npos);

  const auto found = [&](const char* what, const std::vector<FactId>& seen) {
    return place.invoke(
        "care.found",
        to_json(FindRequest{ResidentId("1001"),
                            what == std::string("home") ? Finding::not_at_home : Finding::needs_transport,
                            "二階",
                            {},
                            seen}));
  };
  REQUIRE(found("home", {}));
  CHECK(place.row("1001").state == CareState::not_at_home);
  CHECK(found("transport", {}).error().code == ErrorCode::conflict);  // somebody wrote meanwhile
  REQUIRE(found("transport", place.row("1001").standing));
  CareRow row = place.row("1001");
  CHECK(row.state == CareState::needs_transport);
  CHECK(row.found_note == "二階");
  place.must("care.take_back", to_json(TakeBackRequest{ResidentId("1001"), row.standing, "まちがい"}));
  CHECK(place.row("1001").state == CareState::assigned);
  place.must("care.assign", json::object{{"residents", json::array{"1001"}}, {"team", ""}});
  CHECK(place.row("1001").state == CareState::waiting);
  place.must("care.assign", json::object{{"residents", json::array{"1001"}}, {"team", "2班"}});
  REQUIRE(place.town->journal().rebuild(no_progress()));
  CHECK(place.row("1001").team == "2班");
}

TEST_CASE("care: protected persons are neither listed nor counted, and cannot be written of") {
  Place place;
  place.must("registry.protect", json::object{{"resident", "1001"}});
  CHECK(place.care().all.listed == 1);
  place.shelter_viewer();
  CHECK(place.care().all.listed == 0);
  CHECK(place.care().by_town.empty());
  const auto of = [&](const char* id) {
    const auto answer =
        place.invoke("care.assign", json::object{{"residents", json::array{id}}, {"team", "1班"}});
    REQUIRE_FALSE(answer);
    return answer.error().in(Language::japanese);
  };
  CHECK(of("1001") == of("9999"));
}

TEST_CASE("timeline: what happened when, without anybody's name; the unconfirmed fall") {
  Place place;
  place.must("reception.open_shelter", json::object{{"name", "大島小学校"}, {"address", "大島"}});
  place.must("reception.import", json::object{{"shelter", "大島小学校"}},
             api::InputFile{"list.csv",
                            "氏名,生年月日,住所\n浜口 ツル,1931-01-15,大島5\n岩谷花,1992-05-05,串本300\n"});
  place.must("shelter.ask_supply",
             json::object{{"shelter", "大島小学校"}, {"item", "毛布"}, {"amount", 50}, {"unit", "枚"}});
  const auto all = from_json<Timeline>(place.must("timeline.list", json::object())).value();
  const auto of = [&](const char* kind) {
    return std::ranges::count_if(all.events, [&](const Event& one) { return one.kind == kind; });
  };
  for (const char* const kind :
       {"shelter_opened", "list_imported", "registry_imported", "supply", "received"})
    CHECK_MESSAGE(of(kind) == 1, kind);
  CHECK(to_text(to_json(all)).find("ツル") == std::string::npos);
  REQUIRE(all.hours.size() == 1);
  CHECK(all.hours[0].received == 2);
  CHECK(all.hours[0].confirmed == 2);
  CHECK(all.hours[0].unconfirmed == 3);
  const auto some =
      place.must("timeline.list", json::object{{"kinds", json::array{"supply"}}, {"text", "毛布"}});
  CHECK(from_json<Timeline>(some)->total == 1);
  place.must("timeline.export", json::object{});
  CHECK(place.output.text.find("大島小学校") != std::string::npos);
  CHECK(place.output.text.find("避難所を開設") != std::string::npos);
  // Of protected persons no number tells.
  place.must("registry.protect", json::object{{"resident", "1006"}});
  place.shelter_viewer();
  const auto less = from_json<Timeline>(place.must("timeline.list", json::object())).value();
  CHECK(less.hours[0].received == 1);
  CHECK(less.hours[0].unconfirmed == 3);
}

}  // namespace sonae::headquarters

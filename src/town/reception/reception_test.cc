// Reception as its operations show it, in a whole town.
#include "town/reception/testing.h"

namespace sonae::reception {

namespace {

constexpr const char* kList =
    "氏名,ふりがな,年齢,住所,電話,備考\r\n"
    "山田太郎,やまだたろう,70,串本1-2,0735-62-0001,車椅子\r\n"
    "〃 花子,,68,〃,,\r\n"
    "佐藤 健,,25,大島5,,\r\n"
    "鈴木一郎・和子,,,潮岬,,透析\r\n"
    ",,,,,連絡済\r\n"
    "計,5名,,,,\r\n";

}  // namespace

TEST_CASE("reception: a list comes in, and its rows are there as written beside what was understood") {
  TestReception place;
  const ImportReport report = place.import(kList);
  CHECK(report.persons == 5);
  CHECK(report.new_entries == 5);
  CHECK(report.set_aside == 1);
  CHECK(report.rows == 7);
  CHECK(report.receipts.size() == 2);

  const auto sheet = place.run<SheetAnswer>("reception.sheet", SheetRequest{report.sheet}).value();
  REQUIRE(sheet.rows.size() == 7);
  CHECK(sheet.rows[0].kind == LineKind::header);
  CHECK(sheet.rows[2].raw == "〃 花子,,68,〃,,");
  CHECK(sheet.rows[2].entries.at(0).person.name == "山田 花子");
  CHECK(sheet.rows[2].entries.at(0).person.address == "串本1-2");
  CHECK(sheet.rows[4].entries.size() == 2);
  CHECK(sheet.rows[5].kind == LineKind::set_aside);
  CHECK(sheet.rows[6].kind == LineKind::total);
  CHECK(place.run<SheetList>("reception.sheets", api::Nothing{}).value().sheets.size() == 1);
}

TEST_CASE("reception: the same list twice changes nothing; a list that grew adds what is new") {
  TestReception place;
  place.import(kList);
  const ImportReport again = place.import(kList);
  CHECK(again.unchanged);
  CHECK(again.new_entries == 0);
  CHECK(again.written_before == 5);

  const ImportReport grown = place.import(std::string(kList) + "田中次郎,,40,串本3,,\r\n");
  CHECK(grown.new_entries == 1);
  CHECK(grown.written_before == 5);
  CHECK(place.names().size() == 6);
  // The new sheet shows the earlier entries where they stand on it.
  const auto sheet = place.run<SheetAnswer>("reception.sheet", SheetRequest{grown.sheet}).value();
  CHECK(sheet.rows.size() == 8);
  CHECK(sheet.rows[1].entries.at(0).person.name == "山田太郎");

  // The same rows on another shelter's list are other entries: somebody may have gone there.
  CHECK(place.import(kList, "大島小学校").new_entries == 5);
}

TEST_CASE("reception: what was set aside comes out as a file, and back in when mended") {
  TestReception place;
  const ImportReport report = place.import(kList);
  const auto file = place.run<api::FileAnswer>("reception.set_aside", SheetRequest{report.sheet}).value();
  CHECK(file.rows == 1);
  CHECK(place.output.text == "\xEF\xBB\xBF氏名,ふりがな,年齢,住所,電話,備考\r\n,,,,,連絡済\r\n");
  const ImportReport mended = place.import("氏名,ふりがな,年齢,住所,電話,備考\r\n高橋学,,,,,連絡済\r\n");
  CHECK(mended.new_entries == 1);
  CHECK(mended.set_aside == 0);
}

TEST_CASE("reception: names are found by any spelling, as one types") {
  TestReception place;
  place.import(kList);
  const auto found = [&](const char* text) {
    std::vector<std::string> names;
    for (const Entry& entry : place.search(text).entries)
      names.push_back(entry.person.name);
    return names;
  };
  using Names = std::vector<std::string>;
  CHECK(found("山田") == Names{"山田太郎", "山田 花子"});
  CHECK(found("やまだた") == Names{"山田太郎"});
  CHECK(found("ﾔﾏﾀﾞ ﾀﾛ").size() == 1);
  CHECK(found("yamada").size() == 2);
  CHECK(found("satou") == Names{"佐藤 健"});  // no reading was written: the common one stands in
  CHECK(found("sato") == Names{"佐藤 健"});
  CHECK(found("花") == Names{"山田 花子"});
  CHECK(found("0735620001") == Names{"山田太郎"});
  CHECK(found("大島") == Names{"佐藤 健"});
  CHECK(found("山田 串本").size() == 2);
  CHECK(found("存在しない").empty());
}

TEST_CASE("reception: rosters are sorted, cut into pages and chosen by shelter and need") {
  TestReception place;
  place.import(kList);
  EntriesRequest request;
  request.order = Order::by_age;
  CHECK(place.names(request).front() == "山田太郎");
  request.limit = 2;
  request.offset = 1;
  const auto page = place.run<EntryList>("reception.entries", request).value();
  CHECK(page.total == 5);
  CHECK(page.entries.size() == 2);
  EntriesRequest wheelchair;
  wheelchair.need = "wheelchair";
  CHECK(place.names(wheelchair) == std::vector<std::string>{"山田太郎"});
  EntriesRequest elsewhere;
  elsewhere.shelter = "大島小学校";
  CHECK(place.names(elsewhere).empty());
  CHECK(place.run<ShelterList>("reception.shelters", api::Nothing{}).value().shelters.at(0).entries == 5);
}

TEST_CASE("reception: an entry is corrected, withdrawn and restored, and what was written stays readable") {
  TestReception place;
  place.import(kList);
  Entry entry = place.search("佐藤").entries.at(0);
  CorrectRequest correction{entry.entry, entry.standing, entry.person, std::nullopt, "本人に聞いた"};
  correction.person.age = 26;
  REQUIRE(place.run<Corrected>("reception.correct", correction));
  // Who looked before and corrects after is told.
  CHECK(place.run<Corrected>("reception.correct", correction).error().code == ErrorCode::conflict);
  auto opened = place.run<EntryAnswer>("reception.entry", EntryRequest{entry.entry}).value();
  CHECK(opened.entry.person.age == 26);
  CHECK(opened.entry.corrected);
  CHECK(opened.entry.raw == "佐藤 健,,25,大島5,,");
  CHECK(opened.history.size() == 2);

  CHECK(place.run<Recorded>("reception.withdraw", WithdrawRequest{entry.entry, ""}).error().code ==
        ErrorCode::invalid_input);
  REQUIRE(place.run<Recorded>("reception.withdraw", WithdrawRequest{entry.entry, "二重に書いた"}));
  CHECK(place.names().size() == 4);
  // The row again does not bring the person back, and says so.
  const ImportReport again = place.import("氏名,ふりがな,年齢,住所,電話,備考\r\n佐藤 健,,25,大島5,,\r\n");
  CHECK(again.new_entries == 0);
  CHECK(again.remark_counts.at(0).code == "withdrawn_before");
  REQUIRE(place.run<Recorded>("reception.restore", WithdrawRequest{entry.entry, "戻った"}));
  CHECK(place.names().size() == 5);
  CHECK(place.run<Recorded>("reception.restore", WithdrawRequest{entry.entry, ""}).error().code ==
        ErrorCode::conflict);
}

TEST_CASE("reception: those who must be withheld are nowhere, save for who wrote them") {
  TestReception place;
  place.import(kList);
  const EntryId hidden = place.search("佐藤").entries.at(0).entry;
  place.reception->withhold(
      [hidden](const api::Call&, store::Connection&) { return std::set<EntryId>{hidden}; });
  api::Call call;
  call.actor = place.access->actor("root").value();
  call.purpose = "test";
  CHECK(place.names().size() == 5);  // may see protected persons
  call.actor.permissions = {api::Permission::see_people};
  const auto names = [&] {
    return from_json<EntryList>(*place.operations.invoke("reception.entries", call, json::object{}))
        .value()
        .total;
  };
  CHECK(names() == 5);  // wrote the entry
  call.actor.grant = real_env().random.id<GrantId>();
  CHECK(names() == 4);
  const auto entry = place.operations.invoke("reception.entry", call, to_json(EntryRequest{hidden}));
  const auto unknown = place.operations.invoke("reception.entry", call,
                                               to_json(EntryRequest{real_env().random.id<EntryId>()}));
  CHECK(entry.error().in(Language::japanese) == unknown.error().in(Language::japanese));
}

TEST_CASE("reception: a roster leaves as a file that a spreadsheet cannot run") {
  TestReception place;
  place.import("氏名,年齢,備考\n山田太郎,70,=cmd\n");
  const auto file = place.run<api::FileAnswer>("reception.export", EntriesRequest{}).value();
  CHECK(file.rows == 1);
  CHECK(place.output.text.find(",'=cmd") != std::string::npos);
}

TEST_CASE("reception: the view is the same after a rebuild") {
  TestReception place;
  place.import(kList);
  const Entry entry = place.search("佐藤").entries.at(0);
  REQUIRE(place.run<Recorded>("reception.withdraw", WithdrawRequest{entry.entry, "二重"}));
  REQUIRE(place.run<Recorded>("reception.open_shelter", ShelterOpened{"串本小学校", "串本1", 135.78, 33.47}));
  const auto dumped = [&] {
    std::string all;
    journal::dump(*place.town->journal().reader(), place.town->views(),
                  [&](std::string_view line) { all += std::string(line) + "\n"; });
    return all;
  };
  const std::string before = dumped();
  REQUIRE(place.town->journal().rebuild(no_progress()));
  CHECK(dumped() == before);
}

}  // namespace sonae::reception

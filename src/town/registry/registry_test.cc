#include "town/registry/registry.h"

#include "town/registry/testing.h"

namespace sonae::registry {
namespace {

constexpr std::string_view kThree =
    "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n"
    "1001,501,山田　太郎,ヤマダ　タロウ,1,1948-03-11,649-3503,和歌山県東牟婁郡串本町串本1800,0735-62-0555\n"
    "1002,501,山田　花子,ヤマダ　ハナコ,2,1951-12-01,649-3503,和歌山県東牟婁郡串本町串本1800,\n"
    "1003,502,﨑本　亘,サキモト　ワタル,男,昭和60年1月2日,649-3510,和歌山県東牟婁郡串本町潮岬12-3,090-0000-"
    "0001\n";

std::vector<std::string> current_ids(const Registry& registry) {
  std::vector<std::string> ids;
  registry.for_each_current([&](const ResidentRow& row) { ids.emplace_back(row.id); });
  return ids;
}

}  // namespace

TEST_CASE("registry: a file in the simple layout is imported and its residents are there") {
  TestRegistry town;
  const ImportReport report = town.imported(std::string(kThree));
  CHECK(report.layout == "simple");
  CHECK(report.counts.people == 3);
  CHECK(report.counts.residents == 3);
  CHECK(report.counts.households == 2);
  CHECK(report.counts.set_aside == 0);
  CHECK(report.new_chunks == 1);
  CHECK_FALSE(report.receipts.empty());

  api::Call call = town.call();
  const auto resident = town.registry->resident(call, {ResidentId("1003")});
  REQUIRE(resident);
  CHECK(resident->name == "﨑本　亘");
  CHECK(resident->sex == Sex::male);
  CHECK(resident->birth_date == "1985-01-02");
  CHECK(resident->items.size() == 9);
  CHECK(town.registry->resident(call, {ResidentId("9999")}).error().code == ErrorCode::not_found);
  CHECK(current_ids(*town.registry) == std::vector<std::string>{"1001", "1002", "1003"});
  CHECK(town.registry->household(call, {HouseholdId("501")})->residents.size() == 2);
}

TEST_CASE("registry: the same file again changes nothing and says so, also after a new start") {
  TestRegistry town;
  const ImportReport first = town.imported(std::string(kThree));
  const std::string before = town.dump();
  const ImportReport again = town.imported(std::string(kThree));
  CHECK(again.unchanged);
  CHECK(again.snapshot == first.snapshot);
  town.open();
  CHECK(town.imported(std::string(kThree)).unchanged);
  CHECK(town.dump() == before);
  // The same content for another day is another snapshot that stores no chunk.
  const ImportReport tomorrow = town.imported(std::string(kThree), "2026-11-21");
  CHECK_FALSE(tomorrow.unchanged);
  CHECK(tomorrow.new_chunks == 0);
}

TEST_CASE("registry: what came in goes out by its own layout to the byte") {
  for (const std::string& content : {
           std::string(kThree),
           std::string("\xEF\xBB\xBFid,name\r\n2,乙\r\n1,\"甲, \"\"一\"\"\"\r\n10,丙\r\n"),
           std::string("id,name,memo\n3,\"改\n行\",x\n\n\n1,\"quoted without need\",y\n2,last without end,z"),
           std::string("\"id\",\"name\"\n\"1\",\"甲\"\n\"2\",\"乙\"\n\n"),
           std::string("id\tname\n1\t甲\n2\t乙\n"),
       }) {
    TestRegistry town;
    town.imported(content);
    CHECK(town.exported("simple") == content);
  }
}

TEST_CASE("registry: lines that cannot be read are set aside, and say where, what and what to do") {
  TestRegistry town;
  const ImportReport report = town.imported(
      "id,name,birth_date\n1,甲,1948-02-30\n2,乙,1948-03-11\n,丙,\n2,丁,\n5,戊\n6,己,\n7,庚,\n8,辛,\n9,壬,"
      "\n");
  CHECK(report.counts.people == 5);
  CHECK(report.counts.set_aside == 4);
  REQUIRE(report.errors.size() == 4);
  CHECK(report.errors[0].line == 2);
  CHECK(report.errors[0].item == "birth_date");
  CHECK(report.errors[1].line == 4);
  CHECK(report.errors[1].item == "id");
  CHECK(report.errors[2].problem == "Line 3 has the same id");
  CHECK(report.errors[3].line == 6);

  api::Call call = town.call();
  KeptOutput output;
  call.output = &output;
  REQUIRE(town.registry->set_aside(call, {}));
  CHECK(output.bytes == "id,name,birth_date\n1,甲,1948-02-30\n,丙,\n2,丁,\n5,戊\n");
}

TEST_CASE("registry: a file that is no registry is refused with what to do") {
  TestRegistry town;
  const auto refused = [&](std::string content) {
    const auto report = town.import(std::move(content));
    REQUIRE_FALSE(report);
    CHECK_FALSE(report.error().what_to_do.japanese.empty());
    CHECK_FALSE(report.error().what_to_do.english.empty());
    return report.error().code;
  };
  CHECK(refused("") == ErrorCode::invalid_input);
  CHECK(refused("PK\x03\x04 a spreadsheet") == ErrorCode::invalid_input);
  CHECK(refused(std::string("a\0b", 3)) == ErrorCode::invalid_input);
  CHECK(refused("who,knows\n1,2\n") == ErrorCode::invalid_input);
  CHECK(refused("id,name\n") == ErrorCode::invalid_input);
  CHECK(refused("id,name\n1\n2\n3,x\n") == ErrorCode::invalid_input);
  CHECK(refused(std::string("id,name\n") + std::string(3 << 20, 'x')) == ErrorCode::invalid_input);
}

TEST_CASE("registry: differences between two days, and residents who vanish are asked about") {
  TestRegistry town;
  town.imported(
      "id,name,birth_date,address\n1,甲,1950-01-01,串本1\n2,乙,1950-01-01,串本1\n3,丙,1950-01-01,串本3\n");
  const ImportReport report = town.imported(
      "id,name,birth_date,address\n1,甲,1950-01-01,串本9\n3,丙,1950-01-01,串本3\n4,丁,2026-11-19,串本1\n"
      "5,戊,1990-01-01,串本5\n",
      "2026-11-21");
  REQUIRE(report.differences);
  CHECK(report.differences->changed == 1);
  CHECK(report.differences->born == 1);
  CHECK(report.differences->moved_in == 1);
  CHECK(report.differences->vanished == 1);

  api::Call call = town.call();
  const auto page = town.registry->differences(call, {});
  REQUIRE(page);
  CHECK(page->total == 4);
  CHECK(page->rows[0].items.at(0).item == "address");
  CHECK(page->rows[0].items.at(0).after == "串本9");

  // Until somebody answers, who vanished counts as a resident.
  CHECK(current_ids(*town.registry) == std::vector<std::string>{"1", "2", "3", "4", "5"});
  auto questions = town.registry->questions(call, {});
  REQUIRE(questions);
  REQUIRE(questions->vanished.size() == 1);
  CHECK(questions->vanished[0].resident.id.text() == "2");
  const SnapshotId missing = questions->vanished[0].snapshot;
  const std::string version = town.registry->version();

  REQUIRE(town.registry->answer_vanished(
      call, {ResidentId("2"), missing, VanishedOutcome::moved_out, "電話で確認"}));
  CHECK(current_ids(*town.registry) == std::vector<std::string>{"1", "3", "4", "5"});
  CHECK(town.registry->version() != version);
  QuestionsRequest answered;
  answered.answered = true;
  CHECK(town.registry->questions(call, answered)->vanished.size() == 1);

  REQUIRE(town.registry->answer_vanished(call, {ResidentId("2"), missing, std::nullopt, std::nullopt}));
  CHECK(current_ids(*town.registry) == std::vector<std::string>{"1", "2", "3", "4", "5"});
  CHECK(town.registry->version() == version);

  // Who is in a later file again has returned.
  const ImportReport later = town.imported(
      "id,name,birth_date,address\n1,甲,1950-01-01,串本9\n2,乙,1950-01-01,串本1\n3,丙,1950-01-01,串本3\n"
      "4,丁,2026-11-19,串本1\n5,戊,1990-01-01,串本5\n",
      "2026-11-22");
  CHECK(later.differences->returned == 1);
  CHECK(later.differences->moved_in == 0);
  CHECK(town.registry->questions(call, {})->vanished.empty());
}

TEST_CASE("registry: who may not see protected persons sees them nowhere") {
  TestRegistry town;
  town.imported(std::string(kThree));
  api::Call call = town.call();
  REQUIRE(town.registry->protect(call, {ResidentId("1002"), {}, {}, "DV", {}}));
  api::Call shelter = town.call_of_shelter();

  const auto hidden = town.registry->resident(shelter, {ResidentId("1002")});
  const auto unknown = town.registry->resident(shelter, {ResidentId("no such")});
  REQUIRE_FALSE(hidden);
  CHECK(hidden.error().in(Language::japanese) == unknown.error().in(Language::japanese));
  CHECK(hidden.error().code == unknown.error().code);
  CHECK(town.registry->household(shelter, {HouseholdId("501")})->residents.size() == 1);
  CHECK(town.registry->status(shelter)->residents == 2);
  CHECK(town.registry->status(shelter)->households == 2);
  CHECK(town.registry->search(shelter, {"ハナコ", {}})->residents.empty());
  CHECK(town.registry->search(call, {"ハナコ", {}})->residents.size() == 1);
  CHECK(town.registry->resident(call, {ResidentId("1002")})->protected_person);
  CHECK_FALSE(town.registry->resident(shelter, {ResidentId("1001")})->protected_person);

  KeptOutput output;
  shelter.output = &output;
  REQUIRE(town.registry->export_residents(shelter, {"simple", {}}));
  CHECK(output.bytes.find("1002") == Bytes::npos);

  REQUIRE(town.registry->lift_protection(call, {ResidentId("1002"), {}}));
  CHECK(town.registry->resident(shelter, {ResidentId("1002")}));
}

TEST_CASE("registry: views are the same after a rebuild") {
  TestRegistry town;
  town.imported(std::string(kThree));
  town.imported("id,name\n1001,山田　太郎\n", "2026-11-21");
  api::Call call = town.call();
  REQUIRE(town.registry->protect(call, {ResidentId("1001"), {}, {}, {}, {}}));
  const std::string before = town.dump();
  REQUIRE(town.town->journal().rebuild(no_progress()));
  CHECK(town.dump() == before);
}

}  // namespace sonae::registry

// What people decide apart meets as one question, the same on every node, and one answer anywhere settles it
// everywhere. All people are fictional.
#include "sync/test_nodes.h"

using namespace sonae;
using sync::TestNode;
using sync::TownOfTwo;

namespace {

constexpr const char* kRegistry =
    "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n"
    "1001,H1,潮崎 一郎,シオザキ "
    "イチロウ,男,1948-03-11,649-3503,和歌山県東牟婁郡串本町串本100番地,0735-00-0001\n"
    "1006,H4,田中 実,タナカ ミノル,男,1960-01-01,649-3503,和歌山県東牟婁郡串本町串本300番地,\n"
    "1007,H5,田中 実,タナカ ミノル,男,1990-05-05,649-3503,和歌山県東牟婁郡串本町潮岬7番地,\n";

struct Apart : TownOfTwo {
  Apart() {
    hall.must("registry.import", R"({"layout":"simple","as_of":"2026-03-10"})",
              api::InputFile{"registry.csv", kRegistry});
    list(hall, "串本小学校", "氏名,住所\n田中実,\n");
    meet();
    REQUIRE(hall.dump() == laptop.dump());
  }
  void list(TestNode& at, const std::string& shelter, const std::string& content) {
    at.must("reception.import", R"({"shelter":")" + shelter + R"(","written_on":"2026-03-12"})",
            api::InputFile{shelter + ".csv", content});
  }
  void meet() {
    laptop.exchange(hall);
    CHECK(hall.dump() == laptop.dump());
  }
  json::value entries(TestNode& at) {
    return at.must("reception.entries", R"({"order":"by_name"})").at("entries");
  }
  std::string first_entry(TestNode& at) {
    return std::string(entries(at).as_array().at(0).at("entry").as_string());
  }
  json::value question(TestNode& at, const std::string& entry) {
    return at.must("matching.of_entry", R"({"entry":")" + entry + R"("})");
  }
  void decide(TestNode& at, const std::string& entry, const std::string& resident) {
    json::object input{
        {"entry", entry}, {"because", "本人に聞いた"}, {"seen", question(at, entry).at("seen")}};
    if (!resident.empty()) input["resident"] = resident;
    at.must("matching.decide", to_text(input));
  }
  std::string state(TestNode& at, const std::string& entry) {
    return std::string(question(at, entry).at("state").as_string());
  }
};

}  // namespace

TEST_CASE("contradictions: two clerks decide one pair differently") {
  Apart town;
  const std::string entry = town.first_entry(town.hall);
  town.decide(town.hall, entry, "1006");
  town.decide(town.laptop, entry, "1007");
  town.meet();
  CHECK(town.state(town.hall, entry) == "contradictory");
  CHECK(town.state(town.laptop, entry) == "contradictory");
  CHECK(town.question(town.hall, entry).at("decisions") == town.question(town.laptop, entry).at("decisions"));
  town.decide(town.laptop, entry, "1006");
  CHECK(town.state(town.laptop, entry) == "decided");
  town.meet();
  CHECK(town.state(town.hall, entry) == "decided");
}

TEST_CASE("contradictions: a match taken back here and used there") {
  Apart town;
  const std::string entry = town.first_entry(town.hall);
  town.decide(town.hall, entry, "1006");
  town.meet();
  // Here it is undone; there somebody goes on from it and decides anew, without knowing.
  town.hall.must("matching.take_back", R"({"entry":")" + entry + R"(","because":"違う人だった"})");
  town.decide(town.laptop, entry, "1007");
  town.meet();
  CHECK(town.state(town.hall, entry) == town.state(town.laptop, entry));
  CHECK(town.question(town.hall, entry).at("decisions") == town.question(town.laptop, entry).at("decisions"));
}

TEST_CASE("contradictions: two shelters receive the same person; merging and undoing that reach both") {
  Apart town;
  town.list(town.hall, "串本小学校",
            "氏名,ふりがな,生年月日,住所,電話\n潮崎一郎,しおざきいちろう,S23.3.11,串本100,0735-00-0001\n");
  town.list(town.laptop, "潮岬中学校",
            "氏名,ふりがな,生年月日,住所,電話\n潮崎一郎,しおざきいちろう,S23.3.11,串本100,0735-00-0001\n");
  town.meet();
  const auto pairs = [&](TestNode& at, bool decided) {
    return at.must("matching.duplicates", decided ? R"({"decided":true})" : "{}").at("pairs").as_array();
  };
  REQUIRE(pairs(town.hall, false).size() == 1);
  REQUIRE(pairs(town.laptop, false).size() == 1);
  const json::value pair = pairs(town.laptop, false).at(0);
  const std::string one(pair.at("entry").at("entry").as_string()),
      other(pair.at("other").at("entry").as_string());
  const auto say = [&](TestNode& at, bool same) {
    at.must("matching.same_person", R"({"entry":")" + one + R"(","other":")" + other + R"(","same":)" +
                                        (same ? "true" : "false") + "}");
  };
  say(town.laptop, true);
  town.meet();
  CHECK(pairs(town.hall, false).empty());
  CHECK(pairs(town.hall, true).size() == 1);
  say(town.hall, false);
  town.meet();
  CHECK_FALSE(pairs(town.laptop, true).at(0).at("same").as_bool());
}

TEST_CASE("contradictions: one entry corrected differently at two places") {
  Apart town;
  const std::string entry = town.first_entry(town.hall);
  const auto correct = [&](TestNode& at, const std::string& name) {
    const json::value found = at.must("reception.entry", R"({"entry":")" + entry + R"("})").at("entry");
    json::object person = found.at("person").as_object();
    person["name"] = name;
    at.must("reception.correct", to_text(json::object{{"entry", entry},
                                                      {"seen", found.at("standing")},
                                                      {"person", person},
                                                      {"because", "本人に聞いた"}}));
  };
  const auto open = [&](TestNode& at) {
    return at.must("reception.entry", R"({"entry":")" + entry + R"("})")
        .at("entry")
        .at("contradictory")
        .as_bool();
  };
  correct(town.hall, "田中 稔");
  correct(town.laptop, "田中 実");
  CHECK_FALSE(open(town.hall));
  town.meet();
  CHECK(open(town.hall));
  CHECK(open(town.laptop));
  correct(town.hall, "田中 実");
  town.meet();
  CHECK_FALSE(open(town.hall));
  CHECK_FALSE(open(town.laptop));
}

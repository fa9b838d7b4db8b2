// Matching in a whole town: a registry, lists, machine answers, people's decisions. All people are fictional.
#include "town/matching/matching.h"

#include <doctest/doctest.h>

#include <map>

#include "journal/verify.h"
#include "town/matching/requests.h"
#include "town/matching/testing.h"
#include "town/reception/requests.h"

namespace sonae::matching {

namespace {

constexpr const char* kRegistry =
    "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n"
    "1001,H1,潮崎 一郎,シオザキ "
    "イチロウ,男,1948-03-11,649-3503,和歌山県東牟婁郡串本町串本100番地,0735-00-0001\n"
    "1002,H1,潮崎 和子,シオザキ "
    "カズコ,女,1950-07-02,649-3503,和歌山県東牟婁郡串本町串本100番地,0735-00-0001\n"
    "1003,H2,渡邉 健太,ワタナベ "
    "ケンタ,男,1985-12-24,649-3503,和歌山県東牟婁郡串本町串本200番地,0735-00-0002\n"
    "1004,H2,渡邉 さくら,ワタナベ サクラ,女,2019-04-05,649-3503,和歌山県東牟婁郡串本町串本200番地,\n"
    "1005,H3,浜口 ツル,ハマグチ ツル,女,1931-01-15,649-3633,和歌山県東牟婁郡串本町大島5番地,0735-00-0003\n"
    "1006,H4,田中 実,タナカ ミノル,男,1960-01-01,649-3503,和歌山県東牟婁郡串本町串本300番地,\n"
    "1007,H5,田中 実,タナカ ミノル,男,1990-05-05,649-3503,和歌山県東牟婁郡串本町潮岬7番地,\n";

constexpr const char* kList =
    "氏名,ふりがな,生年月日,年齢,住所,備考\n"
    "潮崎一郎,しおざきいちろう,S23.3.11,78,串本100,\n"
    "〃和子,,,75,〃,車椅子\n"
    "渡辺健太,わたなべけんた,S60.12.24,,串本200,\n"
    "田中実,,,,,\n"
    "浜口ツル,,,,大島5,行方不明\n"
    "難波太郎,,,35,大阪市北区1,旅行中\n"
    "山本外2名,,,,,\n";

struct Place : TestTown {
  void load_registry(std::string content = kRegistry, const char* as_of = "2026-03-10") {
    TestTown::load_registry(std::move(content), as_of);
  }
  void load_list(std::string content = kList, const char* shelter = "串本小学校") {
    TestTown::load_list(std::move(content), shelter);
  }
  Summary summary() { return run<Summary>("matching.summary", api::Nothing{}).value(); }
  EntryId entry(const std::string& name) {
    EntryId found;
    reception::for_each_entry(*town->journal().reader(), [&](const reception::Entry& one) {
      if (one.person.name == name) found = one.entry;
    });
    REQUIRE_MESSAGE(!found.is_none(), name);
    return found;
  }
  Question of(const std::string& name) {
    auto question = run<Question>("matching.of_entry", EntryRequest{entry(name)});
    REQUIRE_MESSAGE(question, question.error().in(Language::english));
    return *question;
  }
  Result<Recorded> decide(const std::string& name, std::optional<const char*> resident) {
    const Question question = of(name);
    DecideRequest request{question.entry.entry, {}, "本人に聞いた", question.seen};
    if (resident) request.resident = ResidentId(*resident);
    return run<Recorded>("matching.decide", request);
  }
  std::map<std::string, How> confirmed() {
    std::map<std::string, How> all;
    for_each_confirmed(*town->journal().reader(), [&](const ResidentId& resident, const EntryId&, How how) {
      all[resident.text()] = how;
    });
    return all;
  }
};

}  // namespace

TEST_CASE("matching: plain cases match, doubtful ones are asked, strangers are nobody") {
  Place place;
  place.load_registry();
  place.load_list();
  CHECK(place.of("潮崎一郎").state == State::matched);
  CHECK(place.of("潮崎一郎").resident == ResidentId("1001"));
  CHECK(place.of("渡辺健太").resident == ResidentId("1003"));
  CHECK(place.of("難波太郎").state == State::none);
  // Two residents bear that name, and nothing else was written.
  const Question tanaka = place.of("田中実");
  CHECK(tanaka.state == State::ask);
  CHECK(tanaka.candidates.size() >= 2);
  CHECK_FALSE(tanaka.candidates.at(0).in_words.empty());
  CHECK_FALSE(tanaka.what_would_settle.empty());
  const Summary summary = place.summary();
  CHECK(summary.entries == 9);
  CHECK(summary.unnamed == 2);
  CHECK(summary.entries == summary.to_decide + summary.decided + summary.not_resident + summary.matched +
                               summary.none + summary.unnamed);
}

TEST_CASE("matching: the order in which registry and lists come does not matter") {
  Place place;
  place.load_list();
  CHECK(place.summary().none == 7);  // no registry yet
  place.load_registry();
  CHECK(place.of("潮崎一郎").state == State::matched);
}

TEST_CASE("matching: a decision stands, is taken back, and is never overturned by the machine") {
  Place place;
  place.load_registry();
  place.load_list();
  const auto decided = place.decide("田中実", "1007");
  REQUIRE_MESSAGE(decided, decided.error().in(Language::english));
  CHECK(decided->state == State::decided);
  CHECK(place.of("田中実").resident == ResidentId("1007"));
  CHECK(place.confirmed().at("1007") == How::decided);
  REQUIRE(place.decide("潮崎一郎", std::nullopt));
  QueueRequest said;
  said.decided = true;
  const auto queue = place.run<Queue>("matching.queue", said);
  REQUIRE(queue);
  REQUIRE(queue->total == 2);
  CHECK(queue->questions.front().entry.entry == place.entry("潮崎一郎"));  // the newest first
  RunRequest all;
  all.all = true;
  REQUIRE(place.run<RunReport>("matching.run", all));
  CHECK(place.of("田中実").resident == ResidentId("1007"));
  CHECK(place.of("潮崎一郎").state == State::not_resident);
  CHECK_FALSE(place.confirmed().contains("1001"));

  const auto back =
      place.run<Recorded>("matching.take_back", TakeBackRequest{place.entry("田中実"), "聞き違い"});
  REQUIRE_MESSAGE(back, back.error().in(Language::english));
  CHECK(back->state == State::ask);
  CHECK_FALSE(place.confirmed().contains("1007"));
  CHECK(place.run<Recorded>("matching.take_back", TakeBackRequest{place.entry("田中実"), {}}).error().code ==
        ErrorCode::conflict);
}

TEST_CASE("matching: who decides on what has changed meanwhile is told") {
  Place place;
  place.load_registry();
  place.load_list();
  const Question seen = place.of("田中実");
  const auto entry = reception::find_entry(*place.town->journal().reader(), seen.entry.entry);
  reception::CorrectRequest correction{entry->entry, entry->standing, entry->person,
                                       std::nullopt, "本人",          {}};
  correction.person.age = 36;
  REQUIRE(place.run<reception::Corrected>("reception.correct", correction));
  CHECK(place
            .run<Recorded>("matching.decide",
                           DecideRequest{seen.entry.entry, ResidentId("1007"), "", seen.seen})
            .error()
            .code == ErrorCode::conflict);
  // The correction was matched at once: the age tells who it is.
  CHECK(place.of("田中実").candidates.at(0).resident == ResidentId("1007"));
  REQUIRE(place.decide("田中実", "1007"));
  CHECK(place
            .run<Recorded>("matching.decide",
                           DecideRequest{seen.entry.entry, ResidentId("1006"), "", seen.seen})
            .error()
            .code == ErrorCode::conflict);
  // Corrected after it was decided: the decision stands, and says so.
  const auto now = reception::find_entry(*place.town->journal().reader(), seen.entry.entry);
  reception::CorrectRequest again{now->entry, now->standing, now->person, std::nullopt, "本人", {}};
  again.person.age = 66;
  REQUIRE(place.run<reception::Corrected>("reception.correct", again));
  CHECK(place.of("田中実").state == State::decided);
  CHECK(place.of("田中実").decisions.at(0).entry_changed);
}

TEST_CASE("matching: people who say different things on two nodes are a question") {
  Place place;
  place.load_registry();
  place.load_list();
  const EntryId id = place.entry("田中実");
  REQUIRE(place.decide("田中実", "1006"));
  // Another node's clerk, who has not seen the first decision.
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::urgent, "matching.decided",
                                        {{"entry", id.text()}, {"resident", "1007"}}, GrantId{},
                                        Decided{id, ResidentId("1007"), "", {}}));
  REQUIRE(place.town->journal().append(std::move(batch)));
  const Question question = place.of("田中実");
  CHECK(question.state == State::contradictory);
  CHECK(question.decisions.size() == 2);
  CHECK(place.confirmed().count("1006") + place.confirmed().count("1007") == 0);
  CHECK(place.run<Queue>("matching.queue", QueueRequest{}).value().questions.at(0).entry.entry == id);
  REQUIRE(place.decide("田中実", "1006"));
  CHECK(place.of("田中実").state == State::decided);
}

TEST_CASE("matching: the missing are on a list but not confirmed, the withdrawn neither") {
  Place place;
  place.load_registry();
  place.load_list();
  CHECK(place.of("浜口ツル").candidates.at(0).resident == ResidentId("1005"));
  CHECK_FALSE(place.confirmed().contains("1005"));
  CHECK(place.confirmed().contains("1001"));
  REQUIRE(place.run<reception::Recorded>("reception.withdraw",
                                         reception::WithdrawRequest{place.entry("潮崎一郎"), "間違い"}));
  CHECK_FALSE(place.confirmed().contains("1001"));
}

TEST_CASE("matching: a protected resident is nobody to those who may not see them") {
  Place place;
  place.load_registry();
  place.load_list();
  REQUIRE(place.invoke("registry.protect", json::object{{"resident", "1003"}, {"kind", "DV"}}));
  const api::Actor root = place.actor;
  CHECK(place.of("渡辺健太").resident == ResidentId("1003"));
  const Summary all = place.summary();

  place.actor.permissions = {api::Permission::see_people, api::Permission::decide_matches};
  // Who wrote the entry sees it, and nobody behind it.
  CHECK(place.of("渡辺健太").state == State::none);
  CHECK(place.of("渡辺健太").candidates.empty());
  CHECK(place.summary().matched == all.matched - 1);
  // Others do not see the entry.
  const EntryId id = place.entry("渡辺健太");
  place.actor.grant = real_env().random.id<GrantId>();
  const auto hidden = place.run<Question>("matching.of_entry", EntryRequest{id});
  const auto unknown =
      place.run<Question>("matching.of_entry", EntryRequest{real_env().random.id<EntryId>()});
  CHECK(hidden.error().in(Language::japanese) == unknown.error().in(Language::japanese));
  CHECK(place.summary().entries == all.entries - 1);
  CHECK(place
            .run<Recorded>("matching.decide", DecideRequest{place.entry("田中実"), ResidentId("1003"), "",
                                                            place.of("田中実").seen})
            .error()
            .code == ErrorCode::not_found);
  CHECK(
      place.run<ResidentEntries>("matching.of_resident", ResidentRequest{ResidentId("1003")}).error().code ==
      ErrorCode::not_found);
}

namespace {

// Families at the door of whom some have no name, and what somebody else is shown of them.
struct Doors : Place {
  Doors() {
    load_registry();
    REQUIRE(invoke("registry.protect", json::object{{"resident", "1003"}, {"kind", "DV"}}));
  }
  reception::ReceiveRequest arrive(const std::vector<std::string>& names, const std::string& family,
                                   const std::string& shelter = "大島小学校") {
    reception::ReceiveRequest request;
    request.shelter = shelter;
    for (const std::string& name : names) {
      reception::Person person;
      person.name = name;
      person.note = name.empty() ? "子ども" : "";
      person.address = "串本町串本300番地";
      person.family = family;
      request.persons.push_back(
          {real_env().random.id<EntryId>(), real_env().random.id<FactId>(), std::move(person)});
    }
    REQUIRE(run<reception::ReceiveAnswer>("reception.receive", request));
    return request;
  }
  // The protected resident with two who have no name.
  EntryId arrive_protected(const std::string& family) {
    const EntryId id = arrive({"渡辺健太", "", ""}, family).persons[0].entry;
    const auto seen = run<Question>("matching.of_entry", EntryRequest{id})->seen;
    REQUIRE(run<Recorded>("matching.decide", DecideRequest{id, ResidentId("1003"), "", seen}));
    return id;
  }
  std::int64_t seen() {
    return run<reception::EntryList>("reception.entries", reception::EntriesRequest{})->total;
  }
  std::int64_t seen_by_others() {
    const api::Actor me = actor;
    const std::int64_t all = seen();
    actor.permissions = {api::Permission::see_people};
    CHECK(seen() == all);  // whoever wrote them down
    actor.grant = real_env().random.id<GrantId>();
    const std::int64_t left = seen();
    actor = me;
    return left;
  }
};

}  // namespace

TEST_CASE("matching: who came unnamed with a protected resident is hidden with them") {
  Doors place;
  const EntryId head = place.arrive_protected("a");
  place.arrive({"難波太郎", ""}, "b");
  CHECK(place.seen() == 5);
  CHECK(place.summary().unnamed == 3);
  CHECK(place.seen_by_others() == 2);

  // Who moves on leaves nobody behind by whom they could be noticed.
  reception::ChangeRequest moved;
  moved.entry = head;
  moved.change = real_env().random.id<FactId>();
  moved.stay = reception::StayChanged{reception::StayKind::shelter, "串本小学校", "体育館", {}, {}, {}};
  REQUIRE(place.run<reception::ChangeAnswer>("reception.change", moved));
  CHECK(place.seen_by_others() == 2);
}

TEST_CASE("matching: no family is hidden for how the name of another is written") {
  // A device may send any text: what means something to a pattern, to SQL, to JSON, and what looks alike.
  const std::vector<std::string> names{"%",
                                       "_",
                                       "a%",
                                       "'",
                                       "\\",
                                       "\"",
                                       "\\\\",
                                       "x",
                                       "X",
                                       "\",\"family\":\"x",
                                       "a_",
                                       "ab",
                                       std::string("a\0b", 3),
                                       "あ",
                                       "ア"};
  for (const std::size_t hidden : {0U, 1U}) {
    Doors place;
    std::int64_t open = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
      CAPTURE(names[i]);
      if (i % 2 == hidden) place.arrive_protected(names[i]);
      place.arrive({"難波太郎", ""}, names[i], i % 2 == hidden ? "串本小学校" : "大島小学校");
      open += 2;
      CHECK(place.seen_by_others() == open);
    }
    place.arrive({"難波太郎", ""}, "");  // of no family
    CHECK(place.seen_by_others() == open + 2);
  }
}

TEST_CASE("matching: one person on two lists is seen, and a person says so") {
  Place place;
  place.load_registry();
  place.load_list();
  place.load_list("氏名,生年月日,住所\n潮崎 一郎,1948-03-11,串本100番地\n", "大島小学校");
  const auto entries =
      place.run<ResidentEntries>("matching.of_resident", ResidentRequest{ResidentId("1001")}).value();
  REQUIRE(entries.entries.size() == 2);
  const EntryId one = entries.entries[0].entry.entry, other = entries.entries[1].entry.entry;
  REQUIRE(place.run<Recorded>("matching.same_person", SamePersonRequest{one, other, true, "本人"}));
  const Question question = place.run<Question>("matching.of_entry", EntryRequest{other}).value();
  REQUIRE_FALSE(question.same_person.empty());
  CHECK(question.same_person[0].entry == one);
  CHECK(question.same_person[0].same == true);
}

TEST_CASE(
    "matching: people written down twice are listed, residents and others, with a registry and without") {
  for (const bool with_registry : {true, false}) {
    Place place;
    if (with_registry) place.load_registry();
    place.load_list();
    place.load_list(
        "氏名,年齢,生年月日,住所,電話\n潮崎 一郎,,1948-03-11,串本100番地,\n難波 太郎,35,,大阪市北区1,\n",
        "大島小学校");
    const auto found = place.run<Duplicates>("matching.duplicates", DuplicatesRequest{});
    REQUIRE_MESSAGE(found, found.error().in(Language::english));
    std::set<std::string> names;
    for (const Duplicate& pair : found->pairs) {
      CHECK(pair.entry.shelter != pair.other.shelter);
      CHECK(pair.probability > .8);
      const std::string family = pair.other.person.name.substr(0, std::string("潮崎").size());
      CHECK(pair.resident.has_value() == (with_registry && family == "潮崎"));
      names.insert(family);
    }
    CHECK(found->total == 2);
    CHECK(names == std::set<std::string>{"潮崎", "難波"});
    // What a person has said waits no longer.
    const Duplicate& first = found->pairs.front();
    REQUIRE(place.run<Recorded>("matching.same_person",
                                SamePersonRequest{first.entry.entry, first.other.entry, false, "別人"}));
    CHECK(place.run<Duplicates>("matching.duplicates", DuplicatesRequest{})->total == 1);
    const auto said = place.run<Duplicates>("matching.duplicates", DuplicatesRequest{{}, true, {}}).value();
    REQUIRE(said.total == 1);
    CHECK(said.pairs[0].same == false);
    CHECK(place.run<Duplicates>("matching.duplicates", DuplicatesRequest{"潮岬中学校", {}, {}})->total == 0);
  }
}

TEST_CASE(
    "matching: learning from decisions is off, can be turned on, and leaves nothing behind when turned off") {
  Place place;
  place.load_registry();
  place.load_list();
  const Question before = place.of("田中実");
  REQUIRE(before.state == State::ask);
  CHECK(!place.run<Learning>("matching.learning", LearningRequest{})->on);
  REQUIRE(place.decide("田中実", std::nullopt));
  const auto on = place.run<Learning>("matching.learning", LearningRequest{true});
  REQUIRE_MESSAGE(on, on.error().in(Language::english));
  CHECK(on->on);
  CHECK(on->decisions == 1);
  CHECK(on->right == 0);
  REQUIRE(on->meant.size() == 4);
  CHECK(on->meant[1] < on->stated[1]);  // the machine was wrong once
  CHECK(on->meant[1] > .3);             // and once is little
  CHECK(place.of("田中実").state == State::not_resident);
  place.open();  // it is remembered
  CHECK(place.run<Learning>("matching.learning", LearningRequest{})->on);
  CHECK(!place.run<Learning>("matching.learning", LearningRequest{false})->on);
  REQUIRE(place.run<Recorded>("matching.take_back", TakeBackRequest{before.entry.entry, "誤り"}));
  CHECK(place.of("田中実").candidates.front().probability == before.candidates.front().probability);
}

TEST_CASE("matching: one entry is compared item by item, and every candidate shown is a recorded look") {
  Place place;
  place.load_registry();
  place.load_list();
  const auto answer =
      place.run<QuestionAnswer>("matching.question", EntryRequest{place.entry("田中実")}).value();
  REQUIRE_FALSE(answer.comparisons.empty());
  CHECK(answer.comparisons[0].items.at(0).item == "name");
  CHECK_FALSE(answer.comparisons[0].items.at(0).words.empty());
  const auto variant =
      place.run<QuestionAnswer>("matching.question", EntryRequest{place.entry("渡辺健太")}).value();
  REQUIRE_FALSE(variant.comparisons.empty());
  const std::string words = variant.comparisons[0].items.at(0).words;
  CAPTURE(words);
  CHECK((words.contains("「辺」と「邉」は異体字") || words.contains("辺 and 邉 are forms of one character")));
  const auto looks = place.invoke("access.looks", json::object{{"seen", "resident:1006"}}).value();
  CHECK(looks.at("looks").as_array().size() >= 1);
}

TEST_CASE("matching: the answers leave as a file in the columns of the match command") {
  Place place;
  place.load_registry();
  place.load_list();
  REQUIRE(place.run<api::FileAnswer>("matching.export", ExportRequest{}));
  CHECK(place.output.text.starts_with("entry_id,decision,resident_id,probability,reasons,alternatives\r\n"));
  CHECK(place.output.text.find(place.entry("潮崎一郎").text() + ",match,1001,") != std::string::npos);
  CHECK(place.output.text.find(place.entry("田中実").text() + ",review,") != std::string::npos);
}

TEST_CASE("matching: everything is there after a new start, and a rebuild changes nothing") {
  Place place;
  place.load_registry();
  place.load_list();
  REQUIRE(place.decide("田中実", "1006"));
  const auto dumped = [&] {
    std::string all;
    journal::dump(*place.town->journal().reader(), place.town->views(),
                  [&](std::string_view line) { all += std::string(line) + "\n"; });
    return all;
  };
  const Summary before = place.summary();
  const std::string dump = dumped();
  CHECK(dump.find("local_") == std::string::npos);
  place.open();
  REQUIRE(place.town->journal().rebuild(no_progress()));
  CHECK(dumped() == dump);
  CHECK(to_text(to_json(place.summary())) == to_text(to_json(before)));
  CHECK(place.of("田中実").state == State::decided);
}

TEST_CASE("matching: answers in tables of an earlier program's form are made again") {
  Place place;
  place.load_registry();
  place.load_list();
  const Question before = place.of("渡辺健太");
  {
    const auto connection = place.town->database().connect();
    connection->script(
        "DROP TABLE local_matching_answer; CREATE TABLE local_matching_answer (entry BYTES NOT NULL PRIMARY "
        "KEY, entry_fact BYTES NOT NULL); DELETE FROM local_matching_memory WHERE name LIKE 'form of%'");
  }
  place.open();
  const Question after = place.of("渡辺健太");
  CHECK(after.state == before.state);
  CHECK(after.resident == before.resident);
  place.open();  // and are kept then
  CHECK(place.of("渡辺健太").state == before.state);
}

}  // namespace sonae::matching

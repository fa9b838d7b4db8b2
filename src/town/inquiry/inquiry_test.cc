// Inquiries in a whole town. All people are fictional.
#include "town/inquiry/inquiry.h"

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "journal/verify.h"
#include "town/access/roles.h"
#include "town/inquiry/knowable.h"
#include "town/matching/testing.h"

namespace sonae::inquiry {

namespace {

constexpr const char* kRegistry =
    "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n"
    "1001,H1,潮崎 一郎,シオザキ "
    "イチロウ,男,1948-03-11,649-3503,和歌山県東牟婁郡串本町串本100番地,0735-00-0001\n"
    "1002,H1,潮崎 和子,シオザキ カズコ,女,1950-07-02,649-3503,和歌山県東牟婁郡串本町串本100番地,\n"
    "1003,H2,渡邉 健太,ワタナベ ケンタ,男,1985-12-24,649-3503,和歌山県東牟婁郡串本町串本200番地,\n"
    "1005,H3,浜口 ツル,ハマグチ ツル,女,1931-01-15,649-3633,和歌山県東牟婁郡串本町大島5番地,\n"
    "1006,H4,岩谷 花,イワタニ ハナ,女,1992-05-05,649-3503,和歌山県東牟婁郡串本町串本300番地,\n";

constexpr const char* kList =
    "氏名,ふりがな,生年月日,年齢,住所,備考\n"
    "潮崎一郎,しおざきいちろう,S23.3.11,78,串本100,けが\n"
    "潮崎和子,しおざきかずこ,S25.7.2,,串本100,\n"
    "渡辺健太,わたなべけんた,S60.12.24,,串本200,\n"
    "浜口ツル,はまぐちつる,S6.1.15,,大島5,死亡\n"
    "岩谷花,いわたにはな,H4.5.5,,串本300,\n";

struct Place : matching::TestTown {
  Inquiries inquiries{*town, *access, *registry, *matching};
  int askers = 0;

  Place() : TestTown(make_view()) {
    inquiries.add_operations(operations);
    load_registry(kRegistry);
    load_list(kList);
  }

  // Every ask by another asker, so that none has to wait.
  AskAnswer ask(const std::string& line, Relation relation = Relation::acquaintance,
                Proof proof = Proof::none) {
    AskRequest request;
    request.asker = {"尋ねる人" + std::to_string(++askers), "大阪市", "06-0000-0000", relation, proof};
    request.purpose = "無事を知りたい";
    request.line = line;
    const auto answer = run<AskAnswer>("inquiry.ask", request);
    REQUIRE_MESSAGE(answer, answer.error().in(Language::english));
    return *answer;
  }
  InquiryList list() { return run<InquiryList>("inquiry.list", ListRequest{}).value(); }
};

}  // namespace

TEST_CASE("inquiry: any spelling finds the person, and the relation decides what is told") {
  Place place;
  for (const char* line :
       {"潮崎一郎 1948-03-11", "しおざき いちろう 串本", "シオザキ s23.3.11", "塩崎 潮崎 一郎"}) {
    const AskAnswer answer = place.ask(line);
    if (std::string_view(line).starts_with("塩")) {
      CHECK(answer.outcome == Outcome::nothing);  // every word must be met
      continue;
    }
    CHECK_MESSAGE(answer.outcome == Outcome::told, line);
    CHECK(answer.told == std::vector{Item::held});
    CHECK(answer.words.find("串本小学校") == std::string::npos);
  }
  const AskAnswer daughter = place.ask("潮崎一郎 1948-03-11", Relation::family, Proof::document);
  CHECK(daughter.told.size() == 5);
  CHECK(daughter.words.find("串本小学校") != std::string::npos);
  CHECK(daughter.words.find("けがをして") != std::string::npos);
  CHECK(place.ask("潮崎一郎 1948-03-11", Relation::relative, Proof::callback).told ==
        std::vector{Item::held, Item::condition});
}

TEST_CASE("inquiry: several who fit are asked back, and only who was offered can be chosen") {
  Place place;
  const AskAnswer several = place.ask("潮崎 串本", Relation::family, Proof::document);
  REQUIRE(several.outcome == Outcome::choose);
  REQUIRE(several.candidates.size() == 2);
  CHECK(several.words.empty());
  CHECK_FALSE(place.list().inquiries.front().answered);
  const auto told =
      place.run<AskAnswer>("inquiry.answer", AnswerRequest{several.inquiry, several.candidates.at(1).entry});
  REQUIRE(told);
  CHECK(told->outcome == Outcome::told);
  CHECK(place.run<AskAnswer>("inquiry.answer", AnswerRequest{several.inquiry, {}}).error().code ==
        ErrorCode::conflict);
  const AskAnswer again = place.ask("潮崎");
  const AskAnswer other = place.ask("渡辺");
  REQUIRE(other.outcome == Outcome::choose);  // one word names nobody well enough
  const auto not_offered =
      place.run<AskAnswer>("inquiry.answer", AnswerRequest{again.inquiry, other.candidates.at(0).entry});
  REQUIRE(not_offered);
  CHECK(not_offered->outcome == Outcome::nothing);
}

TEST_CASE("inquiry: a death is not read out at a call desk") {
  Place place;
  const AskAnswer answer = place.ask("浜口 ツル 1931-01-15", Relation::family, Proof::document);
  CHECK(answer.outcome == Outcome::refer);
  CHECK(answer.told.empty());
  CHECK(answer.words.find("亡") == std::string::npos);
}

TEST_CASE("inquiry: the answer about a protected person is that about an unknown one, to the byte") {
  Place place;
  CHECK(place.ask("岩谷花 1992-05-05", Relation::family, Proof::document).outcome == Outcome::told);
  place.protect("1006");
  const auto bytes = [&](const char* line, Relation relation, Proof proof) {
    AskAnswer answer = place.ask(line, relation, proof);
    answer.inquiry = {};
    return to_text(to_json(answer));
  };
  // Whatever the clerk at the desk may see.
  const api::Actor administrator = place.actor;
  for (const access::Role role : {access::Role::administrator, access::Role::shelter}) {
    place.actor.permissions = access::permissions_of(role);
    const std::string unknown = bytes("名無 権兵衛", Relation::family, Proof::document);
    for (const char* line : {"岩谷花 1992-05-05", "いわたに はな", "岩谷", "岩谷花 串本", "H4.5.5 串本"}) {
      CHECK(bytes(line, Relation::family, Proof::document) == unknown);
      CHECK(bytes(line, Relation::self, Proof::none) == unknown);
    }
  }
  place.actor = administrator;
  // Nor does the journal say more of the one than of the other.
  const InquiryList list = place.list();
  for (const InquiryRow& row : list.inquiries) {
    if (row.line.starts_with("潮崎") || !row.told.empty()) continue;
    CHECK(row.words == list.inquiries.front().words);
    CHECK(row.answered);
  }
}

TEST_CASE("inquiry: a protected person's entry that was matched to nobody stays hidden too") {
  Place place;
  place.protect("1006");
  REQUIRE(place.invoke("reception.import", json::object{{"shelter", "大島小学校"}},
                       api::InputFile{"list.csv", "氏名,年齢,住所\n岩谷花,3,北海道\n"}));
  CHECK(place.ask("岩谷花 北海道").outcome == Outcome::nothing);
  CHECK(place.ask("いわたに はな").outcome == Outcome::nothing);
}

TEST_CASE("inquiry: who is in the registry but on no list is as unknown") {
  Place place;
  const auto withdrawn = [&](const char* line) {
    AskAnswer answer = place.ask(line);
    answer.inquiry = {};
    return to_text(to_json(answer));
  };
  REQUIRE(place.invoke(
      "registry.import", json::object{{"layout", "simple"}, {"as_of", "2026-03-11"}},
      api::InputFile{"registry.csv", std::string(kRegistry) +
                                         "1007,H5,田中 実,タナカ ミノル,男,1960-01-01,,串本町串本7番地,\n"}));
  CHECK(withdrawn("田中実 1960-01-01") == withdrawn("名無 権兵衛"));
}

TEST_CASE("inquiry: an asker who asks for many names waits, for known and unknown alike") {
  Place place;
  AskRequest request;
  request.asker = {"詮索 好男", "", "090-0000-0000", Relation::family, Proof::none};
  request.purpose = "知りたい";
  for (int i = 0; i < 5; ++i) {
    request.line = "潮崎" + std::to_string(i);
    CHECK(place.run<AskAnswer>("inquiry.ask", request));
  }
  request.line = "渡辺 健太";
  const auto limited = place.run<AskAnswer>("inquiry.ask", request);
  REQUIRE_FALSE(limited);
  CHECK(limited.error().code == ErrorCode::too_many);
  CHECK(limited.error().what.japanese.find("渡辺") == std::string::npos);
  CHECK(place.list().total == 5);
  const auto reader = place.town->journal().reader();
  CHECK(journal::facts_about(*reader, {"desk", place.actor.person.text()}).size() == 1);
}

TEST_CASE("inquiry: answers are listed, corrected, withdrawn; the views are as their facts") {
  Place place;
  const AskAnswer answer = place.ask("渡辺健太 串本");
  REQUIRE(
      place.run<Recorded>("inquiry.correct", ChangeRequest{answer.inquiry, "別の人だった。電話で訂正した"}));
  REQUIRE(place.run<Recorded>("inquiry.withdraw", ChangeRequest{answer.inquiry, "練習"}));
  const InquiryList list = place.list();
  REQUIRE(list.total == 1);
  CHECK(list.inquiries.front().corrected == "別の人だった。電話で訂正した");
  CHECK(list.inquiries.front().withdrawn);
  CHECK(list.inquiries.front().line == "渡辺健太 串本");
  const InquiryList of_nobody =
      place.run<InquiryList>("inquiry.list", ListRequest{EntryId{}, {}, {}, {}, {}, {}}).value();
  CHECK(of_nobody.total == 0);
  CHECK(place.run<Recorded>("inquiry.correct", ChangeRequest{InquiryId{}, "x"}).error().code ==
        ErrorCode::not_found);
  std::vector<journal::View*> pointers;
  for (const auto& view : place.views)
    pointers.push_back(view.get());
  REQUIRE(place.town->journal().rebuild(no_progress()));
  CHECK(to_text(to_json(place.list())) == to_text(to_json(list)));
}

TEST_CASE("inquiry: one that waits for a choice is found in the list and taken up again") {
  Place place;
  const AskAnswer open = place.ask("潮崎", Relation::family, Proof::document);
  place.ask("浜口 ツル 1931-01-15", Relation::family, Proof::document);
  place.ask("名無 権兵衛");
  const auto of = [&](std::optional<State> state, const char* text) {
    ListRequest request;
    request.state = state;
    if (*text != 0) request.text = text;
    request.order = Order::oldest;
    return place.run<InquiryList>("inquiry.list", request).value();
  };
  REQUIRE(of(State::open, "").total == 1);
  CHECK(of(State::referred, "").total == 1);
  CHECK(of(State::nothing, "").total == 1);
  CHECK(of({}, "潮﨑").total == 1);
  CHECK(of({}, "ない名前").total == 0);
  CHECK(of({}, "").inquiries.front().inquiry == open.inquiry);
  const auto again = place.run<AskAnswer>("inquiry.resume", ResumeRequest{open.inquiry});
  REQUIRE(again);
  CHECK(again->candidates.size() == open.candidates.size());
  REQUIRE(place.run<AskAnswer>("inquiry.answer", AnswerRequest{open.inquiry, {}}));
  CHECK(place.run<AskAnswer>("inquiry.resume", ResumeRequest{open.inquiry}).error().code ==
        ErrorCode::conflict);
}

TEST_CASE(
    "inquiry: anybody may ask, is told that news is held, and of the protected what is told of nobody") {
  Place place;
  place.protect("1006");
  place.actor = {};
  int askers = 0;
  const auto ask = [&](const char* name, const char* birth) {
    PublicAskRequest request{"尋ねる人" + std::to_string(++askers),
                             "06-0000-0000",
                             Relation::family,
                             "無事を知りたい",
                             name,
                             birth};
    const auto answer = place.invoke("inquiry.ask_publicly", to_json(request));
    REQUIRE_MESSAGE(answer, answer.error().in(Language::english));
    return to_text(*answer);
  };
  const auto told = from_json_text<PublicAnswer>(ask("潮崎一郎", "昭和23年3月11日"));
  CHECK(told->told);
  CHECK(told->words.find("串本小学校") == std::string::npos);  // who says to be family has shown nothing
  const std::string unknown = ask("名無 権兵衛", "1990-01-01");
  CHECK(ask("岩谷花", "1992-05-05") == unknown);
  CHECK(ask("潮崎一郎", "1948-03-12") == unknown);
  CHECK(ask("浜口 ツル", "1931-01-15") == unknown);  // a death: somebody rings up
  CHECK_FALSE(place.invoke("inquiry.list", json::object()));
}

TEST_CASE("inquiry: what is said stands in the tables of other languages, and in ours with the same words") {
  Place place;
  const auto table = [](const char* tongue) {
    std::ifstream file(std::string(SONAE_SOURCE_DIR) + "/data/words/" + tongue + ".json");
    std::stringstream text;
    text << file.rdbuf();
    return parse_json(text.str()).value().as_object();
  };
  const json::object ja = table("ja"), en = table("en"), easy = table("easy");
  std::set<std::string> keys;
  const auto same = [&](const Words& words) {
    const auto from = [&](const json::object& read, const char* between) {
      std::string all;
      for (const Sentence& one : words.said) {
        keys.insert(one.key);
        std::string sentence(read.at(one.key).as_string());
        if (const std::size_t at = sentence.find("{value}"); at != std::string::npos)
          sentence.replace(at, 7, one.value);
        all += (all.empty() ? "" : between) + sentence;
      }
      return all;
    };
    CHECK(from(ja, "") == words.plain.japanese);
    CHECK(from(en, " ") == words.plain.english);
    CHECK(from(easy, " ") == words.easy);
  };
  same(words_of_nothing());
  reception::Entry entry;
  entry.shelter = "大島小学校";
  for (int condition = 0; condition <= static_cast<int>(reception::Condition::dead); ++condition)
    for (int stay = 0; stay <= static_cast<int>(reception::StayKind::left); ++stay)
      for (const char* const phone : {"", "090-0000-0000"}) {
        entry.person.condition = static_cast<reception::Condition>(condition);
        entry.person.stay = static_cast<reception::StayKind>(stay);
        entry.person.phone = phone;
        same(words_for(entry, {Item::held, Item::condition, Item::whereabouts, Item::contact, Item::other}));
      }
  for (const auto& [key, text] : ja)
    if (key.starts_with("said.")) CHECK_MESSAGE(keys.contains(std::string(key)), std::string(key));
}

}  // namespace sonae::inquiry

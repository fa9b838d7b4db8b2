// Claims in a whole town. All people are fictional.
#include "town/claim/claim.h"

#include <doctest/doctest.h>

#include "journal/verify.h"
#include "town/inquiry/inquiry.h"
#include "town/matching/testing.h"

namespace sonae::claim {

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
  inquiry::Inquiries inquiries{*town, *access, *registry, *matching};
  Claims claims{*town, *access, *registry, *matching};

  Place() : TestTown(inquiry::make_view(), make_view()) {
    inquiries.add_operations(operations);
    claims.add_operations(operations);
    load_registry(kRegistry);
  }

  // By somebody who is not signed in.
  Result<MakeAnswer> say_safe(const std::string& name, const std::string& birth, const std::string& phone) {
    MakeRequest request;
    request.name = name;
    request.birth_date = birth;
    request.phone = phone;
    request.stay = reception::StayKind::shelter;
    request.where = "大島小学校";
    request.consent = {reception::Audience::anyone};
    const api::Actor clerk = std::exchange(actor, {});
    auto answer = run<MakeAnswer>("claim.make", request);
    actor = clerk;
    return answer;
  }
  ClaimList list(State state) { return run<ClaimList>("claim.list", ListRequest{state, {}, {}}).value(); }
  std::int64_t tie() { return run<TieReport>("claim.tie", TieRequest{}).value().tied; }
  std::size_t entries() {
    std::size_t count = 0;
    reception::for_each_entry(*town->journal().reader(), [&](const reception::Entry&) { ++count; });
    return count;
  }
  std::string told(const std::string& line) {
    inquiry::AskRequest request;
    request.asker = {"尋ねる人" + line, "大阪市", "06", inquiry::Relation::acquaintance,
                     inquiry::Proof::none};
    request.purpose = "無事を知りたい";
    request.line = line;
    return run<inquiry::AskAnswer>("inquiry.ask", request).value().words;
  }
};

}  // namespace

TEST_CASE("claim: name, birth date and telephone tie it to one resident, and the news can be asked for") {
  Place place;
  REQUIRE(place.say_safe("潮崎一郎", "昭和23年3月11日", "0735-62-0001"));
  CHECK(place.entries() == 0);  // nothing is believed when it is said
  CHECK(place.list(State::waiting).total == 1);
  CHECK(place.tie() == 1);
  const ClaimList tied = place.list(State::tied);
  REQUIRE(tied.total == 1);
  CHECK(tied.claims.front().by_proof);
  CHECK(tied.claims.front().resident == ResidentId("1001"));
  CHECK(place.told("潮崎一郎 1948-03-11").find("大島小学校") != std::string::npos);  // anyone may know
  // A second claim for somebody of whom news is held waits for a clerk.
  REQUIRE(place.say_safe("潮崎一郎", "1948-03-11", "0735620001"));
  CHECK(place.tie() == 0);
  CHECK(place.entries() == 1);
}

TEST_CASE("claim: less than that waits for a clerk, who confirms or refuses, and can take it back") {
  Place place;
  REQUIRE(place.say_safe("潮崎一郎", "1948-03-12", "0735-62-0001"));  // another birth date
  REQUIRE(place.say_safe("渡邉健太", "1985-12-24", ""));              // no telephone
  REQUIRE(place.say_safe("名無 権兵衛", "1990-01-01", "0735-62-0001"));
  CHECK(place.tie() == 0);
  const ClaimList waiting = place.list(State::waiting);
  REQUIRE(waiting.total == 3);
  const ClaimId watanabe = waiting.claims.at(1).claim.claim;
  CHECK_FALSE(place.run<Recorded>("claim.confirm", ConfirmRequest{watanabe, ResidentId("9999"), ""}));
  REQUIRE(place.run<Recorded>("claim.confirm", ConfirmRequest{watanabe, ResidentId("1003"), "電話で確認"}));
  CHECK(place.told("渡邉健太 1985-12-24").find("大島小学校") != std::string::npos);
  CHECK(place.run<Recorded>("claim.confirm", ConfirmRequest{watanabe, ResidentId("1003"), ""}).error().code ==
        ErrorCode::conflict);
  REQUIRE(place.run<Recorded>("claim.reopen", ChangeRequest{watanabe, "別の人だった"}));
  CHECK(place.told("渡邉健太 1985-12-24 串本").find("大島小学校") == std::string::npos);
  CHECK(place.list(State::waiting).total == 3);
  const ClaimId nobody = waiting.claims.at(2).claim.claim;
  CHECK_FALSE(place.run<Recorded>("claim.refuse", ChangeRequest{nobody, ""}));
  REQUIRE(place.run<Recorded>("claim.refuse", ChangeRequest{nobody, "試し"}));
  CHECK(place.list(State::refused).total == 1);
}

TEST_CASE("claim: a protected person's claim is answered like any other, waits, and tells nobody") {
  Place place;
  registry::ProtectRequest protect;
  protect.resident = ResidentId("1006");
  REQUIRE(place.run<registry::Recorded>("registry.protect", protect));
  const std::string unknown = place.told("名無 権兵衛");
  const auto answer = place.say_safe("岩谷花", "1992-05-05", "0735-62-0006");
  REQUIRE(answer);
  CHECK(to_text(to_json(*answer)).size() ==
        to_text(to_json(*place.say_safe("名無 権兵衛", "1992-05-05", "0735-62-0007"))).size());
  CHECK(place.tie() == 0);
  const ClaimList waiting = place.list(State::waiting);
  REQUIRE(place.run<Recorded>("claim.confirm",
                              ConfirmRequest{waiting.claims.front().claim.claim, ResidentId("1006"), ""}));
  CHECK(place.told("岩谷花 1992-05-05") == unknown);
}

TEST_CASE("claim: who sends many waits, and what is not said well is refused") {
  Place place;
  for (int i = 0; i < 6; ++i)
    CHECK(place.say_safe("潮崎一郎", "1948-03-11", "0735-62-0001"));
  CHECK(place.say_safe("潮崎一郎", "1948-03-11", "0735-62-0001").error().code == ErrorCode::too_many);
  CHECK(place.say_safe("", "1948-03-11", "").error().code == ErrorCode::invalid_input);
  CHECK(place.say_safe(std::string(300, 'x'), "1948-03-11", "").error().code == ErrorCode::too_large);
  place.actor = {};
  CHECK_FALSE(place.invoke("claim.list", json::object()));
}

}  // namespace sonae::claim

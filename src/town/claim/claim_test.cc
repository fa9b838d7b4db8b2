// Claims in a whole town. All people are fictional.
#include "town/claim/claim.h"

#include <doctest/doctest.h>

#include "journal/testing.h"
#include "journal/verify.h"
#include "town/inquiry/inquiry.h"
#include "town/reception/requests.h"

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

struct Place {
  journal::TemporaryDirectory directory;
  std::vector<std::unique_ptr<journal::View>> views;
  std::unique_ptr<town::Town> town;
  std::unique_ptr<access::Access> access;
  std::unique_ptr<registry::Registry> registry;
  std::unique_ptr<reception::Reception> reception;
  std::unique_ptr<matching::Matching> matching;
  std::unique_ptr<inquiry::Inquiries> inquiries;
  std::unique_ptr<Claims> claims;
  api::Catalogue operations;
  api::Actor actor;

  Place() {
    views.push_back(access::make_view());
    views.push_back(registry::make_view());
    views.push_back(reception::make_view());
    views.push_back(matching::make_view());
    views.push_back(inquiry::make_view());
    views.push_back(make_view());
    REQUIRE(town::Town::init(real_env(), directory.path() + "/town", "304280", "串本町", true));
    std::vector<journal::View*> pointers;
    for (const auto& view : views)
      pointers.push_back(view.get());
    auto opened = town::Town::open(real_env(), {SONAE_DATA_DIR, directory.path() + "/keys"},
                                   directory.path() + "/town", pointers);
    REQUIRE_MESSAGE(opened, opened.error().in(Language::english));
    town = std::move(*opened);
    access = std::make_unique<access::Access>(*town);
    registry = std::make_unique<registry::Registry>(*town, *access);
    reception = std::make_unique<reception::Reception>(*town, *access);
    matching = std::make_unique<matching::Matching>(*town, *access, *registry, *reception);
    inquiries = std::make_unique<inquiry::Inquiries>(*town, *access, *registry, *matching);
    claims = std::make_unique<Claims>(*town, *access, *registry, *matching);
    registry->add_operations(operations);
    reception->add_operations(operations);
    matching->add_operations(operations);
    inquiries->add_operations(operations);
    claims->add_operations(operations);
    REQUIRE(access->enrol_first("root", "管理者"));
    actor = access->actor("root").value();
    REQUIRE(invoke("registry.import", json::object{{"layout", "simple"}, {"as_of", "2026-03-10"}},
                   api::InputFile{"registry.csv", kRegistry}));
  }

  Result<json::value> invoke(std::string_view operation, const json::value& input,
                             std::optional<api::InputFile> file = std::nullopt) {
    api::Call call;
    call.actor = actor;
    call.purpose = "test";
    call.file = std::move(file);
    return operations.invoke(operation, call, input);
  }
  template <class Answer, class Request>
  Result<Answer> run(std::string_view operation, const Request& request) {
    return from_json<Answer>(TRY(invoke(operation, to_json(request))));
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

// Subscriptions in a whole town. All people are fictional.
#include "town/subscription/subscription.h"

#include <doctest/doctest.h>

#include "text/tongues.h"
#include "town/matching/testing.h"

namespace sonae::subscription {

namespace {

constexpr const char* kRegistry =
    "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n"
    "1003,H2,渡邉 健太,ワタナベ ケンタ,男,1985-12-24,649-3503,和歌山県東牟婁郡串本町串本200番地,\n"
    "1005,H3,浜口 ツル,ハマグチ ツル,女,1931-01-15,649-3633,和歌山県東牟婁郡串本町大島5番地,\n"
    "1006,H4,岩谷 花,イワタニ ハナ,女,1992-05-05,649-3503,和歌山県東牟婁郡串本町串本300番地,0735-62-0006\n";

struct Place : matching::TestTown {
  inquiry::Inquiries inquiries{*town, *access, *registry, *matching};
  Subscriptions subscriptions{*town, *access, inquiries};

  Place() : TestTown(notice::make_view(), inquiry::make_view(), make_view()) {
    inquiries.add_operations(operations);
    subscriptions.add_operations(operations);
    load_registry(kRegistry);
  }

  Result<json::value> subscribe(const std::string& name, const std::string& birth, const std::string& to,
                                std::optional<std::string> language = {}) {
    return by_nobody("subscription.make", to_json(MakeRequest{"岩谷 めぐみ",
                                                              "06",
                                                              inquiry::Relation::relative,
                                                              "無事を知りたい",
                                                              name,
                                                              birth,
                                                              {notice::Channel::mail, to},
                                                              std::move(language)}));
  }
  // Until all that came in is known of.
  std::int64_t due() {
    std::int64_t all = 0;
    do {
      const auto done = invoke("subscription.upkeep", json::object{});
      REQUIRE_MESSAGE(done, done.error().in(Language::english));
      all += from_json<UpkeepReport>(*done).value().due;
    } while (inquiries.behind());
    return all;
  }
  std::vector<notice::Row> waiting() { return notice::Outgoing(*town).due(100); }
};

}  // namespace

TEST_CASE("subscription: who asked in another language is told in it, beside Japanese and English") {
  Place place;
  const auto tongues = text::Tongues::open(real_env(), SONAE_DATA_DIR).value();
  REQUIRE(place.subscribe("浜口 ツル", "1931-01-15", "vi@example.jp", "vi"));
  REQUIRE(place.subscribe("浜口 ツル", "1931-01-15", "en@example.jp", "en"));
  REQUIRE(place.subscribe("浜口 ツル", "1931-01-15", "xx@example.jp", "xx"));
  CHECK_FALSE(place.subscribe("浜口 ツル", "1931-01-15", "long@example.jp", std::string(100, 'x')));
  place.receive("浜口 ツル", "1931-01-15", {{reception::Audience::anyone, true}});
  CHECK(place.due() == 3);
  for (const notice::Row& row : place.waiting()) {
    CAPTURE(row.due.to.to);
    CHECK(row.due.text_en.find("is safe") != std::string::npos);
    CHECK(row.due.text.has_value() == (row.due.to.to == "vi@example.jp"));
    if (!row.due.text) continue;
    CHECK(row.due.language == "vi");
    CHECK(row.due.text->find(tongues.say("vi", "said.well")) != std::string::npos);
    CHECK(row.due.text->find("浜口 ツル 1931-01-15") != std::string::npos);
    CHECK(row.due.text->find(tongues.say("vi", "said.in_shelter", "大島小学校")) != std::string::npos);
  }
}

TEST_CASE("subscription: news of a person becomes a notice once, and again when it changes") {
  Place place;
  const auto made = place.subscribe("はまぐち つる", "1931-01-15", "meg@example.jp");
  REQUIRE_MESSAGE(made, made.error().in(Language::english));
  CHECK(place.due() == 0);
  const EntryId first = place.receive("浜口 ツル", "1931-01-15", {{reception::Audience::anyone, true}});
  CHECK(place.due() == 1);
  CHECK(place.due() == 0);
  auto notices = place.waiting();
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].due.to.to == "meg@example.jp");
  CHECK(notices[0].due.text_ja.find("大島小学校") != std::string::npos);
  CHECK(notices[0].due.text_en.find("is safe") != std::string::npos);
  CHECK(notices[0].due.text_ja.find("連絡先") == std::string::npos);
  REQUIRE(notice::Outgoing(*place.town).mark_sent(notices[0].due.notice));

  place.withdraw(first);
  CHECK(place.due() == 0);
  place.receive("浜口 ツル", "1931-01-15", {{reception::Audience::anyone, true}},
                reception::Condition::injured);
  CHECK(place.due() == 1);

  const auto list =
      from_json<SubscriptionList>(place.invoke("subscription.list", json::object{}).value()).value();
  REQUIRE(list.total == 1);
  CHECK(list.subscriptions[0].subscription.times_told == 2);
  CHECK(list.subscriptions[0].notices.size() == 2);
}

TEST_CASE(
    "subscription: protected, unwilling, dead and unknown persons bring no notice and no other answer") {
  Place place;
  REQUIRE(place.invoke("registry.protect", json::object{{"resident", "1006"}}));
  std::vector<std::string> answers;
  for (const auto& [name, birth] :
       {std::pair("岩谷 花", "1992-05-05"), std::pair("渡邉 健太", "1985-12-24"),
        std::pair("浜口 ツル", "1931-01-15"), std::pair("名無 権兵衛", "1950-01-01")}) {
    const auto made = place.subscribe(name, birth, std::string("to") + birth + "@example.jp");
    REQUIRE(made);
    std::string answer = to_text(*made);
    answers.push_back(answer.substr(0, answer.find(':')) + std::to_string(answer.size()));
  }
  CHECK(std::ranges::count(answers, answers.front()) == 4);
  place.receive("岩谷 花", "1992-05-05", {{reception::Audience::anyone, true}});
  place.receive("渡邉 健太", "1985-12-24", {{reception::Audience::acquaintances, false}});
  place.receive("浜口 ツル", "1931-01-15", {{reception::Audience::anyone, true}}, reception::Condition::dead);
  CHECK(place.due() == 0);
  CHECK(place.waiting().empty());
}

TEST_CASE("subscription: who ended it is told no more; the desk gives a relative more") {
  Place place;
  const auto made = from_json<MakeAnswer>(place.subscribe("浜口 ツル", "1931-01-15", "a@example.jp").value());
  REQUIRE(made);
  REQUIRE(place.invoke("subscription.end", json::object{{"subscription", made->subscription.text()}}));
  REQUIRE(place.invoke("subscription.end",
                       json::object{{"subscription", real_env().random.id<SubscriptionId>().text()}}));
  REQUIRE(place.invoke(
      "subscription.make_at_desk",
      to_json(MakeAtDeskRequest{{"娘", "大阪市", "06", inquiry::Relation::family, inquiry::Proof::document},
                                "無事を知りたい",
                                "浜口 ツル 1931-01-15",
                                inquiry::Desk::counter,
                                {notice::Channel::sms, "090-0000-0000"}})));
  place.receive("浜口 ツル", "1931-01-15", {});
  CHECK(place.due() == 1);
  REQUIRE(place.waiting().size() == 1);
  CHECK(place.waiting()[0].due.to.channel == notice::Channel::sms);
  CHECK(place.waiting()[0].due.text_ja.find("大島小学校") != std::string::npos);

  const auto listed = [&](const ListRequest& request) {
    return place.run<SubscriptionList>("subscription.list", request).value();
  };
  CHECK(listed({}).total == 2);
  CHECK(listed({"はまぐち", {}, {}, {}}).total == 0);
  CHECK(listed({"濱口", {}, {}, {}}).total == 2);
  const SubscriptionList standing = listed({{}, State::standing, {}, {}});
  REQUIRE(standing.total == 1);
  CHECK(standing.subscriptions[0].subscription.made.desk == inquiry::Desk::counter);
  REQUIRE(place.run<api::Nothing>(
      "subscription.end",
      EndRequest{standing.subscriptions[0].subscription.made.subscription, "家族が会えた"}));
  const SubscriptionList ended = listed({"娘", State::ended, {}, {}});
  REQUIRE(ended.total == 1);
  CHECK(ended.subscriptions[0].subscription.ended_because == "家族が会えた");
  CHECK(ended.subscriptions[0].subscription.ended_at.has_value());
  CHECK(ended.subscriptions[0].notices.size() == 1);
}

TEST_CASE("subscription: addresses that cannot be, and too many for one address, are refused") {
  Place place;
  for (const char* const bad : {"", "x", "a@b", "a@b.c,d@e.f", "a b@c.d", "@x.y"})
    CHECK_MESSAGE(place.subscribe("浜口 ツル", "1931-01-15", bad).error().code == ErrorCode::invalid_input,
                  bad);
  for (int i = 0; i < 5; ++i)
    REQUIRE(place.subscribe("浜口 ツル", "1931-01-15", "a@example.jp"));
  CHECK(place.subscribe("浜口 ツル", "1931-01-15", "a@example.jp").error().code == ErrorCode::too_many);
  const auto facts = journal::all_facts(*place.town->journal().reader());
  CHECK_FALSE(journal::check_order_does_not_matter(place.town->views(), facts, 3, {}, 3));
}

}  // namespace sonae::subscription

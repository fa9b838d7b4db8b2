// Two towns on the network, put together as the program does it: partners read the feed, and each asks the
// other. All people are fictional.
#include <doctest/doctest.h>

#include "journal/testing.h"
#include "service/town_service.h"
#include "web/site.h"
#include "web/test_client.h"

namespace sonae::app {

namespace {

struct ServedTown {
  journal::TemporaryDirectory directory;
  std::unique_ptr<service::TownService> service;
  std::unique_ptr<web::Site> site;

  ServedTown(const std::string& code, const std::string& name, const std::string& registry) {
    const std::string path = directory.path() + "/town";
    REQUIRE(town::Town::init(real_env(), path, code, name, true));
    auto opened = service::TownService::open(real_env(), {SONAE_DATA_DIR, directory.path() + "/keys"}, path);
    REQUIRE_MESSAGE(opened, opened.error().in(Language::english));
    service = std::move(*opened);
    REQUIRE(service->access().enrol_first("root", "管理者"));
    serve();
    must("registry.import", R"({"layout":"simple","as_of":"2026-03-10"})",
         api::InputFile{"registry.csv",
                        "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n" + registry});
  }
  void serve() {
    web::SiteSettings settings;
    settings.server.threads = 1;
    auto open =
        web::Site::open(real_env(), service->town(), service->access(), service->operations(), settings);
    REQUIRE_MESSAGE(open, open.error().in(Language::english));
    site = std::move(*open);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(site->port()); }

  json::value must(std::string_view operation, const std::string& input,
                   std::optional<api::InputFile> file = {}) {
    api::Call call;
    call.actor = service->access().actor("root").value();
    call.purpose = "test";
    call.file = std::move(file);
    auto done = service->operations().invoke(operation, call, *parse_json(input));
    REQUIRE_MESSAGE(done, std::string(operation), " ", done.error().in(Language::english));
    return *done;
  }
  // Enrols a town that may ask here; the key for it.
  std::pair<std::string, std::string> enrol(const std::string& kind, const std::string& rights) {
    const json::value made =
        must("exchange.enrol_partner", R"({"name":"となりの町","kind":")" + kind +
                                           R"(","domain":"other.example","rights":[)" + rights + "]}");
    return {std::string(made.at("partner").as_string()), std::string(made.at("key").as_string())};
  }
};

}  // namespace

TEST_CASE("towns: a person who fled to another town is found there; each town answers for itself") {
  ServedTown home(
      "304280", "串本町",
      "1003,H2,渡邉 健太,ワタナベ ケンタ,男,1985-12-24,649-3503,和歌山県東牟婁郡串本町串本200番地,\n");
  ServedTown refuge(
      "304212", "那智勝浦町",
      "2001,H1,勝浦 太郎,カツウラ タロウ,男,1960-01-01,649-5302,和歌山県東牟婁郡那智勝浦町築地1番地,\n");
  refuge.must(
      "reception.import", R"({"shelter":"中央公民館"})",
      api::InputFile{"list.csv", "氏名,ふりがな,生年月日,備考\n渡邉 健太,わたなべ けんた,1985-12-24,無事\n"});
  const auto [asks, key] = refuge.enrol("municipality", R"("ask")");
  const auto [they, unused] = home.enrol("municipality", R"("ask")");
  const auto reach = [&](const std::string& url, const std::string& with) {
    home.must("exchange.reach_town",
              R"({"partner":")" + they + R"(","url":")" + url + R"(","key":")" + with + R"("})");
  };
  const auto ask = [&](const std::string& name, const std::string& birth) {
    const json::value answer =
        home.must("exchange.ask_towns", R"({"asker":"窓口 職員","purpose":"家族が探している","name":")" +
                                            name + R"(","birth_date":")" + birth + R"("})");
    REQUIRE(answer.at("replies").as_array().size() == 1);
    return answer.at("replies").as_array()[0];
  };
  const auto reply = [](const json::value& one) { return std::string(one.at("reply").as_string()); };

  reach(refuge.url(), key);
  const json::value found = ask("わたなべ けんた", "1985-12-24");
  CHECK(reply(found) == "told");
  CHECK(found.at("words").as_string().find("安否の情報があります") != std::string::npos);
  CHECK(reply(ask("名無 権兵衛", "1911-01-01")) == "nothing");
  // There it stands among the inquiries, as asked by this town.
  const json::value asked = refuge.must("inquiry.list", "{}");
  CHECK(asked.at("total").as_int64() == 2);
  CHECK(to_text(asked).find("municipality") != std::string::npos);

  reach(refuge.url(), "a wrong key");
  CHECK(reply(ask("わたなべ けんた", "1985-12-24")) == "refused");
  refuge.must("exchange.revoke_partner", R"({"partner":")" + asks + R"("})");
  reach(refuge.url(), key);
  CHECK(reply(ask("わたなべ けんた", "1985-12-24")) == "refused");
  const std::string gone = refuge.url();
  refuge.site->stop();
  reach(gone, key);
  CHECK(reply(ask("わたなべ けんた", "1985-12-24")) == "away");
}

TEST_CASE("towns: a partner reads, searches and writes over HTTP with its key") {
  ServedTown town(
      "304280", "串本町",
      "1003,H2,渡邉 健太,ワタナベ ケンタ,男,1985-12-24,649-3503,和歌山県東牟婁郡串本町串本200番地,\n");
  const std::string key = town.enrol("pfif", R"("read","read_received","search","write")").second;
  web::test::Client client(town.site->port());
  const std::string bearer = "Authorization: Bearer " + key + "\r\n";
  CHECK(client.ask("GET", "/pfif/feeds/person").status == 401);
  CHECK(client.ask("GET", "/pfif/feeds/person", {}, "Authorization: Bearer x\r\n").status == 401);
  CHECK(client.ask("GET", "/pfif/elsewhere", {}, bearer).status == 404);

  const auto written = client.ask(
      "POST", "/pfif/api/write",
      "<pfif:pfif xmlns:pfif=\"http://zesty.ca/pfif/1.4\"><pfif:person>"
      "<pfif:person_record_id>other.example/p1</pfif:person_record_id>"
      "<pfif:source_date>2026-03-11T06:00:00Z</pfif:source_date><pfif:full_name>山田 花子</pfif:full_name>"
      "</pfif:person></pfif:pfif>",
      bearer);
  REQUIRE(written.status == 200);
  CHECK(written.json().at("taken").as_int64() == 1);
  const auto feed = client.ask(
      "GET", "/pfif/feeds/person?max_results=5&version=1.4&min_entry_date=2000-01-01T00:00:00Z", {}, bearer);
  CHECK(feed.status == 200);
  CHECK(feed.field("Content-Type") == "application/atom+xml; charset=utf-8");
  CHECK(feed.field("Cache-Control") == "no-store");
  CHECK(feed.body.find("山田 花子") != std::string::npos);
  CHECK(feed.body.find("http://localhost/pfif/feeds/person") != std::string::npos);
  CHECK(client.ask("GET", "/pfif/feeds/note?key=" + key).status == 200);
  CHECK(client.ask("GET", "/pfif/feeds/person?max_results=x", {}, bearer).status == 400);
  CHECK(client.ask("GET", "/pfif/feeds/person?min_entry_date=x", {}, bearer).status == 400);
  const auto found = client.ask("POST", "/pfif/api/search", "q=%E5%B1%B1%E7%94%B0",
                                bearer + "Content-Type: application/x-www-form-urlencoded\r\n");
  CHECK(found.status == 200);
  CHECK(found.body.find("山田 花子") != std::string::npos);
  CHECK(client.ask("POST", "/pfif/api/read", "id=other.example/p1", bearer).body.find("山田") !=
        std::string::npos);
  CHECK(client.ask("POST", "/pfif/api/read", "id=other.example/p2", bearer).status == 404);
  CHECK(client.ask("GET", "/pfif/api/write", {}, bearer).status == 404);
  CHECK(client
            .ask("POST", "/pfif/api/write",
                 "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", bearer)
            .status == 400);
}

}  // namespace sonae::app

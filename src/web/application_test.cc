#include "web/application.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "web/test_client.h"
#include "web/test_schema.h"
#include "web/test_town.h"
#include "web/url.h"

using namespace sonae;
using web::test::Client;
using web::test::misfit;
using web::test::TestTown;

namespace {

constexpr std::string_view kSignIn = R"({"login":"clerk","password":"correct","purpose":"照合"})";

std::string code_of(const web::test::Answer& answer) {
  const json::value body = answer.json();
  return body.is_object() && body.as_object().contains("code") ? std::string(body.at("code").as_string())
                                                               : "";
}

json::value wait_for_end(Client& client, const std::string& job) {
  for (;;) {
    const json::value status = client.ask("GET", "/api/jobs/" + job).json();
    const std::string state(status.at("state").as_string());
    if (state != "waiting" && state != "running") return status;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace

TEST_CASE("web: sign in, call, sign out") {
  TestTown town;
  Client client(town.server->port());
  CHECK_FALSE(client.ask("GET", "/api/session").json().at("signed_in").as_bool());
  CHECK(client.ask("POST", "/api/test.search", R"({"name":"さとう"})").status == 401);
  const auto wrong = client.ask("POST", "/api/sign_in", R"({"login":"clerk","password":"x","purpose":"y"})");
  CHECK(wrong.status == 401);
  CHECK(client.ask("POST", "/api/sign_in", R"({"login":"clerk","password":"correct","purpose":""})").status ==
        400);
  CHECK(client.cookie.empty());

  const auto signed_in = client.ask("POST", "/api/sign_in", kSignIn);
  REQUIRE(signed_in.status == 200);
  const std::string set = signed_in.field("Set-Cookie");
  CHECK(set.find("HttpOnly") != std::string::npos);
  CHECK(set.find("SameSite=Strict") != std::string::npos);
  CHECK(signed_in.body.find(client.cookie.substr(14)) == std::string::npos);  // scripts never see the token
  CHECK(client.ask("GET", "/api/session").json().at("name").as_string() == "串本 花子");
  const auto found = client.ask("POST", "/api/test.search", R"({"name":"さとう"})");
  CHECK(found.body == R"({"names":["さとう"],"purpose":"照合"})");
  CHECK(found.field("Cache-Control") == "no-store");
  CHECK(found.field("X-Content-Type-Options") == "nosniff");

  const std::string old_cookie = client.cookie;
  CHECK(client.ask("POST", "/api/sign_out").status == 200);
  client.cookie = old_cookie;
  CHECK(client.ask("POST", "/api/test.search", R"({"name":"さとう"})").status == 401);
}

TEST_CASE("web: grants that change or end are seen by sessions that are open") {
  TestTown town;
  Client client(town.server->port());
  client.ask("POST", "/api/sign_in", kSignIn);
  CHECK(client.ask("POST", "/api/test.search", R"({"name":"a"})").status == 200);
  CHECK(town.refreshed == 0);
  town.application.touched("person");
  CHECK(client.ask("POST", "/api/test.search", R"({"name":"a"})").status == 200);
  CHECK(town.refreshed == 1);
  town.revoked = true;
  town.application.touched("person");
  CHECK(client.ask("POST", "/api/test.search", R"({"name":"a"})").status == 403);
  CHECK(client.ask("POST", "/api/test.search", R"({"name":"a"})").status == 401);
}

TEST_CASE("web: requests that another site could send are refused") {
  TestTown town;
  Client client(town.server->port());
  client.ask("POST", "/api/sign_in", kSignIn);
  const auto with = [&](const std::string& fields) {
    client.send(
        "POST /api/test.search HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 12\r\nCookie: " +
        client.cookie + "\r\n" + fields + "\r\n{\"name\":\"a\"}");
    return client.receive().status;
  };
  CHECK(with("Host: localhost\r\nX-Sonae: 1\r\n") == 200);
  CHECK(with("Host: localhost\r\n") == 403);
  CHECK(with("Host: localhost\r\nX-Sonae: 1\r\nOrigin: http://localhost\r\n") == 200);
  CHECK(with("Host: localhost\r\nX-Sonae: 1\r\nOrigin: http://evil.example\r\n") == 403);
  CHECK(with("Host: localhost\r\nX-Sonae: 1\r\nOrigin: null\r\n") == 403);
  CHECK(with("Host: localhost\r\nX-Sonae: 1\r\nSec-Fetch-Site: cross-site\r\n") == 403);
  CHECK(with("Host: evil.example\r\nX-Sonae: 1\r\n") == 421);
  CHECK(with("Host: 192.168.1.5:8080\r\nX-Sonae: 1\r\n") == 200);
  CHECK(with("Host: [::1]:8080\r\nX-Sonae: 1\r\n") == 200);
  CHECK(with("X-Sonae: 1\r\n") == 421);
}

TEST_CASE("web: errors in one form, in the language asked for") {
  TestTown town;
  Client client(town.server->port());
  client.ask("POST", "/api/sign_in", kSignIn);
  const auto missing = client.ask("POST", "/api/test.search", "{}");
  CHECK(missing.status == 400);
  CHECK(missing.json().at("where").as_string() == "name");
  CHECK(code_of(client.ask("POST", "/api/test.search", "{nonsense")) == "invalid_input");
  CHECK(code_of(client.ask("POST", "/api/test.search", "name=a",
                           "Content-Type: application/x-www-form-urlencoded\r\n")) == "invalid_input");
  CHECK(code_of(client.ask("POST", "/api/test.secret", "{}")) == "forbidden");
  CHECK(client.ask("POST", "/api/nothing.here", "{}").status == 404);
  CHECK(client.ask("GET", "/api/test.search?name=a").status == 405);
  CHECK(client.ask("DELETE", "/api/test.search").status == 405);
  CHECK(client.ask("POST", "/api/test.search", R"({"name":")" + std::string(2000, 'a') + "\"}").status ==
        413);
  Client japanese(town.server->port());
  japanese.cookie = "sonae_language=ja";
  CHECK(japanese.ask("POST", "/api/test.search", "{}").json().at("message").as_string() ==
        "サインインしてください");
}

TEST_CASE("web: open questions by GET, with the types of the schema") {
  TestTown town;
  Client client(town.server->port());
  CHECK(client.ask("GET", "/api/test.open?name=%E4%B8%B2+1&most=3&kinds=a&kinds=b").body ==
        R"({"name":"串 1","most":3,"kinds":["a","b"]})");
  CHECK(client.ask("GET", "/api/test.open?name=a&most=x").json().at("where").as_string() == "most");
  CHECK(client.ask("GET", "/api/test.open?name=%").status == 400);
}

TEST_CASE("web: files in, with their name and input, only from those who may") {
  TestTown town;
  Client client(town.server->port());
  const std::string fields =
      "X-Sonae-File-Name: %E5%90%8D%E7%B0%BF.csv\r\nX-Sonae-Input: %7B%22note%22%3A%22x%22%7D\r\n";
  CHECK(client.ask("POST", "/api/test.take", "abc", fields).status == 401);
  Client other(town.server->port());
  other.ask("POST", "/api/sign_in", R"({"login":"other","password":"correct","purpose":"x"})");
  CHECK(other.ask("POST", "/api/test.take", "abc", fields).status == 403);
  Client clerk(town.server->port());
  clerk.ask("POST", "/api/sign_in", kSignIn);
  CHECK(clerk.ask("POST", "/api/test.take", std::string(3'000'000, 'x'), fields).body ==
        R"({"file_name":"名簿.csv","bytes":3000000,"note":"x"})");
  CHECK(clerk.ask("POST", "/api/test.take", std::string(5'000'001, 'x'), fields).status == 413);
}

TEST_CASE("web: files out, small and large, with their names") {
  TestTown town;
  Client client(town.server->port());
  client.ask("POST", "/api/sign_in", kSignIn);
  const auto small = client.ask("POST", "/api/test.give", R"({"steps":3})");
  CHECK(small.body == "0,串本\r\n1,串本\r\n2,串本\r\n");
  CHECK(small.field("Content-Disposition").find("filename*=UTF-8''%E6%9C%AA") != std::string::npos);
  const auto large = client.ask("POST", "/api/test.give", R"({"steps":300000})");
  CHECK(large.body.size() > 4'000'000);
  CHECK(large.body.ends_with("299999,串本\r\n"));
  CHECK(real_env().disk.list(TestTown::settings().spool_directory)->empty());
}

TEST_CASE("web: long work is a job: progress, answer, stop, and nobody else's business") {
  TestTown town;
  Client client(town.server->port());
  client.ask("POST", "/api/sign_in", kSignIn);
  const auto begun = client.ask("POST", "/api/test.long", R"({"steps":3})");
  REQUIRE(begun.status == 202);
  const std::string job(begun.json().at("job").as_string());
  const json::value done = wait_for_end(client, job);
  CHECK(done.at("state").as_string() == "done");
  CHECK(done.at("answer").at("steps").as_int64() == 3);

  const std::string endless(
      client.ask("POST", "/api/test.long", R"({"steps":100000})").json().at("job").as_string());
  Client watcher(town.server->port());
  watcher.send("GET /api/jobs/" + endless +
               "/events HTTP/1.1\r\nHost: localhost\r\nCookie: " + client.cookie + "\r\n\r\n");
  CHECK(watcher.receive_until("\"state\":\"running\"").find("event: job") != std::string::npos);
  Client other(town.server->port());
  other.ask("POST", "/api/sign_in", R"({"login":"other","password":"correct","purpose":"x"})");
  CHECK(other.ask("GET", "/api/jobs/" + endless).status == 404);
  CHECK(other.ask("POST", "/api/jobs/" + endless + "/stop").status == 404);
  CHECK(other.ask("GET", "/api/jobs").body == R"({"jobs":[]})");
  CHECK(client.ask("POST", "/api/jobs/" + endless + "/stop").status == 200);
  CHECK(wait_for_end(client, endless).at("state").as_string() == "stopped");
  CHECK(watcher.receive_until("\"state\":\"stopped\"").find("cancelled") != std::string::npos);
  CHECK(client.ask("GET", "/api/jobs").json().at("jobs").as_array().size() == 2);
}

TEST_CASE("web: live changes name kinds only") {
  TestTown town;
  Client client(town.server->port());
  client.ask("POST", "/api/sign_in", kSignIn);
  Client watcher(town.server->port());
  watcher.send("GET /api/changes HTTP/1.1\r\nHost: localhost\r\nCookie: " + client.cookie + "\r\n\r\n");
  watcher.receive_until("event: hello");
  town.application.touched("entry");
  town.application.touched("entry");
  town.application.touched("resident");
  CHECK(watcher.receive_until("]}").find(R"(data: {"kinds":["entry","resident"]})") != std::string::npos);
}

TEST_CASE("web: more work than fits is refused politely, and what was taken is done") {
  TestTown town;
  town.hold = true;
  std::vector<std::unique_ptr<Client>> clients;
  for (int index = 0; index < 12; ++index) {
    clients.push_back(std::make_unique<Client>(town.server->port()));
    clients.back()->send("GET /api/test.wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  Client alive(town.server->port());
  CHECK(alive.ask("GET", "/api/health").status == 200);
  town.hold = false;
  int done = 0;
  int refused = 0;
  for (const auto& client : clients) {
    const auto answer = client->receive();
    done += answer.status == 200;
    refused += answer.status == 503 && answer.field("Retry-After") == "20";
  }
  CHECK(done + refused == 12);
  CHECK(done >= 4);
  CHECK(refused >= 4);
}

TEST_CASE(
    "web: a form that does not fit gets a page with what was typed and one button that sends it again") {
  TestTown town;
  town.hold = true;
  const auto settings = TestTown::settings();
  std::atomic<int> refused = 0;
  std::vector<std::jthread> crowd;  // ends when nothing is held any more
  const auto come = [&](int people) {
    for (int index = 0; index < people; ++index)
      crowd.emplace_back([&] {
        Client client(town.server->port());
        refused += client.ask("GET", "/api/test.wait").status == 503;
      });
  };
  const auto until = [](const auto& there) {
    while (!there())
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  // All threads are held before the queue fills, so that it stays full.
  const int threads = static_cast<int>(settings.public_threads);
  come(threads);
  until([&] { return town.held == threads; });
  const int waiting = static_cast<int>(settings.public_waiting);
  come(waiting + 3);
  until([&] { return refused == 3; });

  Client without_script(town.server->port());
  const auto page = without_script.ask("POST", "/safety/claim.make", "name=%E6%BD%AE%E5%B4%8E&consent=family",
                                       "Content-Type: application/x-www-form-urlencoded\r\n");
  CHECK(page.status == 503);
  CHECK(page.field("Retry-After") == "20");
  CHECK(page.body.find("<form method=\"post\" action=\"/safety/claim.make\">") != std::string::npos);
  CHECK(page.body.find("name=\"name\" value=\"潮崎\"") != std::string::npos);
  CHECK(page.body.find("name=\"consent\" value=\"family\"") != std::string::npos);
  town.hold = false;
}

TEST_CASE("web: the pages, compressed where wanted, and nothing beside them") {
  TestTown town;
  Client client(town.server->port());
  const auto home = client.ask("GET", "/");
  CHECK(home.body == "<!doctype html>");
  CHECK(home.field("Content-Security-Policy").find("frame-ancestors 'none'") != std::string::npos);
  CHECK(home.field("Content-Security-Policy").find("unsafe") == std::string::npos);
  const auto zipped = client.ask("GET", "/assets/a.js", "", "Accept-Encoding: gzip, br\r\n");
  CHECK(zipped.body == "zipped");
  CHECK(zipped.field("Content-Encoding") == "gzip");
  CHECK(client.ask("GET", "/assets/a.js").body == "let something_long = 1");
  CHECK(client.ask("GET", "/", "", "If-None-Match: \"tag1\"\r\n").status == 304);
  for (const char* path :
       {"/../etc/passwd", "/assets/../../etc/passwd", "/%2e%2e/etc/passwd", "/index.html/", "//etc"})
    CHECK(client.ask("GET", path).status == 404);
  CHECK(client.ask("POST", "/").status == 405);
}

TEST_CASE("web: what is answered fits the document that describes it") {
  TestTown town;
  Client client(town.server->port());
  client.ask("POST", "/api/sign_in", kSignIn);
  const json::value document = client.ask("GET", "/api/openapi.json").json();
  CHECK(document.at("openapi").as_string() == "3.0.3");
  CHECK(document.at("paths").as_object().contains("/api/test.search"));
  CHECK_FALSE(document.at("paths").at("/api/test.search").as_object().contains("get"));
  CHECK(document.at("paths").at("/api/test.open").as_object().contains("get"));

  const auto check = [&](std::string_view method, const std::string& path, std::string_view body,
                         const std::string& described_as, const std::string& status) {
    const auto answer = client.ask(method, path, body);
    std::string verb = method == "POST" ? "post" : "get";
    const json::value& schema = document.at("paths")
                                    .at(described_as)
                                    .at(verb)
                                    .at("responses")
                                    .at(status)
                                    .at("content")
                                    .at("application/json")
                                    .at("schema");
    CHECK_MESSAGE(misfit(answer.json(), schema, document) == "", path);
  };
  check("GET", "/api/session", "", "/api/session", "200");
  check("GET", "/api/health", "", "/api/health", "200");
  check("POST", "/api/test.search", R"({"name":"a"})", "/api/test.search", "200");
  check("POST", "/api/test.search", "{}", "/api/test.search", "default");
  check("GET", "/api/test.open?name=a&most=1", "", "/api/test.open", "200");
  check("POST", "/api/test.long", R"({"steps":2})", "/api/test.long", "202");
  const std::string job(client.ask("GET", "/api/jobs").json().at("jobs").at(0).at("job").as_string());
  wait_for_end(client, job);
  check("GET", "/api/jobs", "", "/api/jobs", "200");
  check("GET", "/api/jobs/" + job, "", "/api/jobs/{job}", "200");
}

TEST_CASE("web: a session ends after a while without use") {
  struct LaterClock : Clock {
    Instant now() override { return {real_env().clock.now().milliseconds + ahead_ms}; }
    std::int64_t monotonic_microseconds() override {
      return real_env().clock.monotonic_microseconds() + ahead_ms * 1000;
    }
    std::atomic<std::int64_t> ahead_ms = 0;
  } clock;
  Env env{clock, real_env().random, real_env().disk};
  TestTown town(TestTown::settings(), env);
  Client client(town.server->port());
  client.ask("POST", "/api/sign_in", kSignIn);
  clock.ahead_ms = 50'000;
  CHECK(client.ask("POST", "/api/test.search", R"({"name":"a"})").status == 200);
  clock.ahead_ms = 100'000;
  CHECK(client.ask("POST", "/api/test.search", R"({"name":"a"})").status == 200);
  clock.ahead_ms = 170'000;
  CHECK(client.ask("POST", "/api/test.search", R"({"name":"a"})").status == 401);
}

// For tests: a small catalogue and people of its own, served over real HTTP.
#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include "web/application.h"

namespace sonae::web::test {

struct Wanted {
  std::string name;
  std::optional<std::int64_t> most;
  std::vector<std::string> kinds;
};
BOOST_DESCRIBE_STRUCT(Wanted, (), (name, most, kinds))
struct Found {
  std::vector<std::string> names;
  std::string purpose;
};
BOOST_DESCRIBE_STRUCT(Found, (), (names, purpose))
struct Steps {
  std::int64_t steps = 0;
};
BOOST_DESCRIBE_STRUCT(Steps, (), (steps))
struct Taken {
  std::string file_name;
  std::int64_t bytes = 0;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(Taken, (), (file_name, bytes, note))
struct Noted {
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Noted, (), (note))

inline api::Catalogue small_catalogue(std::atomic<bool>& hold, std::atomic<int>& held) {
  using api::Call;
  using api::Nothing;
  using api::Permission;
  api::Catalogue made;
  made.add(api::operation<Wanted, Found>(
      "test.search", {"さがす", "Search"}, Permission::see_people,
      [](Call& call, const Wanted& wanted) -> Result<Found> { return Found{{wanted.name}, call.purpose}; }));
  made.add(
      api::operation<Wanted, Wanted>("test.open", {"公開", "Open"}, Permission::none,
                                     [](Call&, const Wanted& wanted) -> Result<Wanted> { return wanted; })
          .openly());
  made.add(api::operation<Noted, Taken>("test.take", {"受け取る", "Take"}, Permission::import_registry,
                                        [](Call& call, const Noted& noted) -> Result<Taken> {
                                          return Taken{call.file->name,
                                                       static_cast<std::int64_t>(call.file->content.size()),
                                                       noted.note.value_or("")};
                                        })
               .taking_file());
  made.add(api::operation<Steps, api::FileAnswer>(
               "test.give", {"出力", "Give"}, Permission::see_people,
               [](Call& call, const Steps& asked) -> Result<api::FileAnswer> {
                 for (std::int64_t row = 0; row < asked.steps; ++row)
                   TRY(call.output->write(std::to_string(row) + ",串本\r\n"));
                 return api::FileAnswer{"未確認.csv", "text/csv; charset=utf-8", asked.steps};
               })
               .giving_file());
  made.add(api::operation<Steps, Steps>("test.long", {"長い処理", "Long work"}, Permission::see_people,
                                        [](Call& call, const Steps& asked) -> Result<Steps> {
                                          for (std::int64_t step = 0; step < asked.steps; ++step) {
                                            call.progress.report({"進行中", "Going on"},
                                                                 static_cast<std::uint64_t>(step),
                                                                 static_cast<std::uint64_t>(asked.steps));
                                            if (call.progress.stop_requested())
                                              return fail(ErrorCode::cancelled, {});
                                            std::this_thread::sleep_for(std::chrono::milliseconds(5));
                                          }
                                          return asked;
                                        })
               .writing()
               .long_running());
  made.add(api::operation<Nothing, Nothing>("test.wait", {"待つ", "Wait"}, Permission::none,
                                            [&hold, &held](Call&, const Nothing&) -> Result<Nothing> {
                                              ++held;
                                              while (hold)
                                                std::this_thread::sleep_for(std::chrono::milliseconds(2));
                                              return Nothing{};
                                            })
               .openly());
  made.add(api::operation<Wanted, Found>("claim.make", {"届け", "Claim"}, Permission::none,
                                         [](Call&, const Wanted&) -> Result<Found> { return Found{}; })
               .openly());
  made.add(
      api::operation<Nothing, Nothing>("test.secret", {"秘密", "Secret"}, Permission::administer,
                                       [](Call&, const Nothing&) -> Result<Nothing> { return Nothing{}; }));
  return made;
}

struct TestTown {
  static ApplicationSettings settings() {
    static constexpr Page kPages[] = {
        {"/index.html", "text/html; charset=utf-8", "<!doctype html>", "", "\"tag1\""},
        {"/assets/a.js", "text/javascript", "let something_long = 1", "zipped", "\"tag2\""}};
    ApplicationSettings made;
    made.town = {"304280", "串本町", true};
    made.spool_directory = "/tmp/sonae_web_test_spool." + std::to_string(::getpid());
    made.pages = kPages;
    made.threads = 2;
    made.public_threads = 2;
    made.most_waiting = 4;
    made.public_waiting = 4;
    made.json_bytes = 1000;
    made.file_bytes = 5'000'000;
    made.sessions.idle_minutes = 1;
    return made;
  }
  explicit TestTown(const ApplicationSettings& with = settings(), Env& env = real_env())
      : catalogue(small_catalogue(hold, held)), application(env, catalogue, door(), with) {
    ServerSettings quick;
    quick.threads = 1;
    server = *Server::start(quick, application);
  }
  ~TestTown() {
    hold = false;
    server->stop();
  }
  Door door() {
    const auto actor = [this](const std::string& login) {
      api::Actor made;
      made.person = *PersonId::from_bytes((login + "0123456789abcdef").substr(0, 16));
      made.login = login;
      made.name = "串本 花子";
      made.permissions = {api::Permission::signed_in, api::Permission::see_people};
      if (login == "clerk")
        made.permissions = made.permissions | api::Permissions{api::Permission::import_registry};
      return made;
    };
    Door made;
    made.sign_in = [actor](const std::string& login, std::string_view password,
                           const std::string&) -> Result<api::Actor> {
      if (password != "correct") return fail(ErrorCode::unauthenticated, {"違います", "Wrong"});
      return actor(login);
    };
    made.signed_out = [](const api::Actor&, const std::string&) -> Status { return {}; };
    made.refresh = [this, actor](const PersonId& person) -> Result<api::Actor> {
      ++refreshed;
      if (revoked) return fail(ErrorCode::forbidden, {});
      for (const char* login : {"clerk", "other"})
        if (actor(login).person == person) return actor(login);
      return fail(ErrorCode::forbidden, {});
    };
    return made;
  }

  std::atomic<bool> hold = false;
  std::atomic<int> held = 0;  // threads that have begun to wait
  std::atomic<bool> revoked = false;
  std::atomic<int> refreshed = 0;
  api::Catalogue catalogue;
  Application application;
  std::unique_ptr<Server> server;
};

}  // namespace sonae::web::test

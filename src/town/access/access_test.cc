#include "town/access/access.h"

#include <doctest/doctest.h>

#include <future>
#include <thread>

#include "journal/testing.h"
#include "town/access/requests.h"

using namespace sonae;
using api::Permission;

namespace {

// A whole town in a temporary directory, in the real world.
struct Place {
  journal::TemporaryDirectory directory;
  std::unique_ptr<journal::View> view = access::make_view();
  std::unique_ptr<town::Town> town;
  std::unique_ptr<access::Access> access;
  api::Catalogue operations;

  Place() {
    const std::string path = directory.path() + "/town";
    REQUIRE(town::Town::init(real_env(), path, "304280", "串本町", true));
    open();
  }
  void open() {
    access.reset();
    town.reset();
    auto opened = town::Town::open(real_env(), {SONAE_DATA_DIR, directory.path() + "/keys"},
                                   directory.path() + "/town", {view.get()});
    REQUIRE_MESSAGE(opened, opened.error().in(Language::english));
    town = std::move(*opened);
    access = std::make_unique<access::Access>(*town);
    operations = {};
    access->add_operations(operations);
  }
  Result<json::value> run(const std::string& login, std::string_view operation, std::string_view input) {
    const auto actor = access->actor(login);
    if (!actor) return std::unexpected(actor.error());
    api::Call call;
    call.actor = *actor;
    call.purpose = "test";
    return operations.invoke(operation, call, *parse_json(input));
  }
};

}  // namespace

TEST_CASE("access: the first account is an administrator, opens others, and nobody is first twice") {
  Place place;
  REQUIRE(place.access->enrol_first("root", "管理者"));
  CHECK(place.access->enrol_first("root2", "二人目").error().code == ErrorCode::conflict);
  REQUIRE(
      place.run("root", "access.open_account", R"({"login":"hanako","name":"串本 花子","role":"shelter"})"));
  CHECK(place.run("root", "access.open_account", R"({"login":"hanako","name":"別人","role":"clerk"})")
            .error()
            .code == ErrorCode::conflict);
  const auto hanako = place.access->actor("hanako");
  REQUIRE(hanako);
  CHECK(hanako->permissions.has(Permission::receive_people));
  CHECK_FALSE(hanako->permissions.has(Permission::see_protected));
  CHECK(place.run("hanako", "access.accounts", "{}").error().code == ErrorCode::forbidden);
  CHECK(place.access->actor("nobody").error().code == ErrorCode::forbidden);
}

TEST_CASE("access: what was set is there after a new start, and a rebuild changes nothing") {
  Place place;
  REQUIRE(place.access->enrol_first("root", "管理者"));
  REQUIRE(place.run("root", "access.open_account",
                    R"({"login":"hanako","name":"花子","role":"clerk","password":"natsu-no-umi"})"));
  place.open();
  REQUIRE(place.town->journal().rebuild(no_progress()));
  CHECK(place.access->sign_in("hanako", "natsu-no-umi", "test"));
  CHECK(place.access->sign_in("hanako", "fuyu-no-umi", "test").error().code == ErrorCode::unauthenticated);
  CHECK(place.access->sign_in("unknown", "natsu-no-umi", "test").error().code == ErrorCode::unauthenticated);
  // What was chosen by somebody else must be changed, and the old one then no longer serves.
  CHECK(place.run("hanako", "access.me", "{}")->at("must_change_password").as_bool());
  CHECK_FALSE(
      place.run("hanako", "access.set_password", R"({"password":"aki-no-sora","old_password":"wrong"})"));
  CHECK(place.run("hanako", "access.set_password", R"({"password":"短い","old_password":"natsu-no-umi"})")
            .error()
            .where == "password");
  REQUIRE(place.run("hanako", "access.set_password",
                    R"({"password":"aki-no-sora","old_password":"natsu-no-umi"})"));
  CHECK(place.access->sign_in("hanako", "aki-no-sora", "test"));
  CHECK_FALSE(place.access->sign_in("hanako", "natsu-no-umi", "test"));
  CHECK_FALSE(place.run("hanako", "access.me", "{}")->at("must_change_password").as_bool());
}

TEST_CASE("access: a login that failed five times waits, known or not, even with the right password") {
  Place place;
  REQUIRE(place.access->enrol_first("root", "管理者"));
  REQUIRE(place.run("root", "access.set_password", R"({"password":"natsu-no-umi"})"));
  for (const std::string login : {"root", "stranger"}) {
    for (int i = 0; i < 5; ++i)
      CHECK(place.access->sign_in(login, "wrong", "test").error().code == ErrorCode::unauthenticated);
    CHECK(place.access->sign_in(login, "natsu-no-umi", "test").error().code == ErrorCode::too_many);
  }
}

TEST_CASE("access: a grant that is revoked or over gives nothing") {
  Place place;
  REQUIRE(place.access->enrol_first("root", "管理者"));
  REQUIRE(place.run("root", "access.open_account", R"({"login":"taro","name":"太郎","role":"viewer"})"));
  const std::string grant(place.run("root", "access.accounts", "{}")
                              ->at("accounts")
                              .at(1)
                              .at("grants")
                              .at(0)
                              .at("grant")
                              .as_string());
  REQUIRE(
      place.run("root", "access.revoke", R"({"login":"taro","reason":"任期満了","grant":")" + grant + "\"}"));
  CHECK(place.access->actor("taro").error().code == ErrorCode::forbidden);
  CHECK_FALSE(
      place.run("root", "access.grant", R"({"login":"taro","role":"clerk","until":"2011-03-11T00:00:00Z"})"));
  REQUIRE(
      place.run("root", "access.grant", R"({"login":"taro","role":"clerk","until":"2999-03-11T00:00:00Z"})"));
  CHECK(place.access->actor("taro")->permissions.has(Permission::import_registry));
}

TEST_CASE("access: looks of many threads are all recorded, and found by looker and by whom they saw") {
  Place place;
  REQUIRE(place.access->enrol_first("root", "管理者"));
  const api::Actor root = *place.access->actor("root");
  constexpr int kThreads = 8, kLooks = 25;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < kLooks; ++i) {
        api::Call call;
        call.actor = root;
        call.purpose = "安否確認";
        if (!place.access->record_look(call, "registry.search",
                                       {"resident:" + std::to_string(t), "resident:all"}))
          std::abort();
      }
    });
  for (std::thread& thread : threads)
    thread.join();
  const auto count = [&](std::string_view ask) {
    return place.run("root", "access.looks", ask)->at("looks").as_array().size();
  };
  CHECK(count(R"({"seen":"resident:3","limit":1000})") == kLooks);
  CHECK(count(R"({"seen":"resident:all","limit":1000})") == kThreads * kLooks);
  CHECK(count(R"({"login":"root","limit":1000})") == kThreads * kLooks);
  CHECK(count(R"({"limit":7})") == 7);
  CHECK(count(R"({"seen":"resident:unseen"})") == 0);
}

TEST_CASE("access: a call whose answer can be held back begins its look, and the answer waits for it") {
  Place place;
  REQUIRE(place.access->enrol_first("root", "管理者"));
  api::Call call;
  call.actor = *place.access->actor("root");
  call.purpose = "安否確認";
  call.hold = std::make_shared<api::Hold>();
  REQUIRE(place.access->record_look(call, "registry.search", {"resident:1", "resident:2"}));
  REQUIRE(place.access->record_look(call, "registry.resident", {"resident:3"}));
  std::promise<bool> promise;
  call.hold->then([&](Status durable) { promise.set_value(durable.has_value()); });
  CHECK(promise.get_future().get());
  CHECK(place.run("root", "access.looks", R"({"login":"root"})")->at("looks").as_array().size() == 2);
}

// Support for tests: nodes of one town, put together as the program does it, that talk over TLS on 127.0.0.1.
#pragma once

#include <doctest/doctest.h>

#include "journal/testing.h"
#include "journal/verify.h"
#include "sync/join.h"
#include "sync/sync.h"

namespace sonae::sync {

struct TestNode {
  std::string path;
  town::Places places;
  std::unique_ptr<service::TownService> service;
  std::unique_ptr<Sync> sync;
  std::string address;

  explicit TestNode(std::string directory)
      : path(std::move(directory)), places{SONAE_DATA_DIR, path + ".keys"} {}
  ~TestNode() {
    sync.reset();
    service.reset();
  }
  void open() {
    sync.reset();
    service.reset();
    auto opened = service::TownService::open(real_env(), places, path);
    REQUIRE_MESSAGE(opened, opened.error().in(Language::english));
    service = std::move(*opened);
    sync = std::make_unique<Sync>(*service);
    sync->add_operations(service->catalogue());
    const auto port = sync->listen("127.0.0.1:0");
    REQUIRE(port);
    address = "127.0.0.1:" + std::to_string(*port);
    sync->reachable_at({address});
  }
  void found() {
    REQUIRE(town::Town::init(real_env(), path, "304280", "串本町", true));
    open();
    REQUIRE(service->access().enrol_first("root", "root"));
  }
  Result<json::value> run(std::string_view operation, const std::string& input,
                          std::optional<api::InputFile> file = {}) {
    const auto actor = service->access().actor("root");
    if (!actor) return std::unexpected(actor.error());
    api::Call call;
    call.actor = *actor;
    call.purpose = "test";
    call.file = std::move(file);
    return service->operations().invoke(operation, call, *parse_json(input));
  }
  json::value must(std::string_view operation, const std::string& input = "{}",
                   std::optional<api::InputFile> file = {}) {
    auto done = run(operation, input, std::move(file));
    REQUIRE_MESSAGE(done, std::string(operation), done.error().in(Language::english));
    return *done;
  }
  Exchanged exchange(const TestNode& other) {
    const auto done = sync->exchange_with(other.address, {});
    REQUIRE_MESSAGE(done, done.error().in(Language::english));
    for (const std::string& problem : done->problems)
      MESSAGE(problem);
    CHECK(done->problems.empty());
    // The other side notes what it heard a moment after this side has everything.
    for (int waited = 0; other.sync->answering() && waited < 10'000; ++waited)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return *done;
  }
  std::string dump() {
    std::string text;
    const auto connection = service->town().journal().reader();
    journal::dump(*connection, service->town().views(),
                  [&](std::string_view line) { text.append(line) += '\n'; });
    return text;
  }
};

struct TownOfTwo {
  journal::TemporaryDirectory root;
  TestNode hall{root.path() + "/hall"}, laptop{root.path() + "/laptop"};
  TownOfTwo() {
    hall.found();
    join(laptop);
  }
  void join(TestNode& machine) {
    const json::value invited = hall.must("nodes.invite", R"({"name":"第一小","place":"体育館"})");
    const auto text = read_join_text(std::string(invited.at("text").as_string()));
    REQUIRE(text);
    const auto joined = sync::join(real_env(), machine.places, machine.path, *text);
    REQUIRE_MESSAGE(joined, joined.error().in(Language::english));
    machine.open();
    machine.exchange(hall);
  }
};

}  // namespace sonae::sync

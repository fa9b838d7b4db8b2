// Nodes of one town over TLS: joining, refusing, telling what has arrived.
#include "sync/sync.h"

#include "sync/status.h"
#include "sync/test_nodes.h"

using namespace sonae;
using sync::TestNode;
using sync::TownOfTwo;

TEST_CASE("sync: a machine joins with a code and comes to know the same") {
  TownOfTwo two;
  two.laptop.must("access.open_account", R"({"login":"hanako","name":"花子","role":"shelter"})");
  two.hall.exchange(two.laptop);
  CHECK(two.hall.service->access().actor("hanako"));
  two.laptop.exchange(two.hall);
  CHECK(two.hall.dump() == two.laptop.dump());
  const json::value status = two.laptop.must("sync.status");
  CHECK(status.at("name").as_string() == "第一小");
  CHECK(status.at("peers").as_array()[0].at("facts_not_there").as_int64() == 0);
}

TEST_CASE("sync: a code works once, a wrong one never, and five wrong ones spoil it") {
  TownOfTwo two;
  TestNode third{two.root.path() + "/third"};
  const json::value invited = two.hall.must("nodes.invite", R"({"name":"第二小"})");
  auto text = *sync::read_join_text(std::string(invited.at("text").as_string()));
  const Bytes good = text.secret;
  REQUIRE(sync::join(real_env(), third.places, third.path, text));
  TestNode fourth{two.root.path() + "/fourth"};
  CHECK(sync::join(real_env(), fourth.places, fourth.path, text).error().code == ErrorCode::forbidden);
  text.secret = Bytes(10, 'x');
  CHECK(sync::join(real_env(), fourth.places, fourth.path, text).error().code == ErrorCode::forbidden);
  text.secret = good;
  text.node = two.laptop.service->town().journal().node();
  CHECK(sync::join(real_env(), fourth.places, fourth.path, text).error().code == ErrorCode::unauthenticated);
  CHECK_FALSE(real_env().disk.status(fourth.path + "/town.json"));
}

TEST_CASE("sync: a machine that is not enrolled, or was revoked, is refused") {
  TownOfTwo two;
  journal::TemporaryDirectory elsewhere;
  TestNode stranger{elsewhere.path() + "/town"};
  stranger.found();
  CHECK(stranger.sync->exchange_with(two.hall.address, {}).error().code == ErrorCode::forbidden);
  CHECK(two.hall.sync->exchange_with(stranger.address, {}).error().code == ErrorCode::forbidden);
  two.hall.must("nodes.revoke", R"({"node":")" + two.laptop.service->town().journal().node().text() +
                                    R"(","because":"盗難"})");
  CHECK(two.laptop.sync->exchange_with(two.hall.address, {}).error().code == ErrorCode::forbidden);
}

TEST_CASE("sync: where a fact has arrived is told as it was last heard") {
  TownOfTwo two;
  two.hall.must("access.open_account", R"({"login":"hanako","name":"花子","role":"shelter"})");
  const auto facts = journal::newest_facts_of_stream(*two.hall.service->town().journal().reader(),
                                                     journal::Stream::ordinary, 1);
  const std::string ask = R"({"facts":[")" + facts.front().header.id.text() + R"("]})";
  const auto there = [&](TestNode& node) {
    return node.must("sync.whereabouts", ask).at("facts").as_array()[0].as_object();
  };
  CHECK(there(two.hall).at("here").as_bool());
  CHECK(there(two.hall).at("nodes").as_array().empty());
  CHECK_FALSE(there(two.laptop).at("here").as_bool());
  two.laptop.exchange(two.hall);
  CHECK(there(two.hall).at("nodes").as_array().size() == 1);
  CHECK(there(two.laptop).at("here").as_bool());
}

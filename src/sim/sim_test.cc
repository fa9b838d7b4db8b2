#include <doctest/doctest.h>

#include "journal/journal.h"
#include "sim/history.h"
#include "sim/machine.h"
#include "sim/proofs_of_checks.h"
#include "town/access/requests.h"
#include "town/reception/requests.h"

using namespace sonae;
using namespace sonae::sim;

namespace {

void lives_well(std::uint64_t seed) {
  const HistoryOutcome outcome = live_through({.seed = seed, .machines = 3, .steps = 50}, SONAE_DATA_DIR);
  CAPTURE(seed);
  for (const std::string& finding : outcome.findings)
    MESSAGE("step " << outcome.found_at << ": " << finding);
  CHECK(outcome.findings.empty());
  CHECK(outcome.acknowledged > 10);
  CHECK(outcome.members > 0);
}

}  // namespace

TEST_CASE("simulator: a few towns live through their troubles") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed)
    lives_well(seed);
}

TEST_CASE("simulator: the same seed is the same history") {
  const HistoryPlan plan{.seed = 11, .machines = 3, .steps = 30};
  const HistoryOutcome one = live_through(plan, SONAE_DATA_DIR), other = live_through(plan, SONAE_DATA_DIR);
  CHECK(one.digest == other.digest);
  CHECK(one.acknowledged == other.acknowledged);
}

TEST_CASE("simulator: what is broken on purpose is found") {
  for (const Sabotage sabotage :
       {Sabotage::signatures_not_checked, Sabotage::entry_dropped, Sabotage::last_writer_wins}) {
    CAPTURE(describe(sabotage));
    bool found = false;
    for (std::uint64_t seed = 1; seed <= 4 && !found; ++seed)
      found = !try_sabotage({.seed = seed, .machines = 2, .steps = 30, .sabotage = sabotage}, SONAE_DATA_DIR)
                   .by.empty();
    CHECK(found);
  }
}

TEST_CASE("simulator: a family that is sent again is not answered for before its facts are on the disk") {
  for (const bool restarted : {false, true}) {
    CAPTURE(restarted);
    Machine at("hall", 5, SONAE_DATA_DIR);
    REQUIRE(town::Town::init(at.env, Machine::kDirectory, "304280", "串本町", true));
    REQUIRE(at.start());
    REQUIRE(at.service->access().enrol_first("root", "管理者"));
    reception::ReceiveRequest family;
    family.shelter = "串本小学校";
    family.persons.resize(1);
    family.persons[0] = {at.random.id<EntryId>(), at.random.id<FactId>(), {}};
    family.persons[0].person.name = "山田 太郎";
    const auto receive = [&] { return at.ask<reception::ReceiveAnswer>("reception.receive", family); };
    // The facts are written, and from there on nothing can be synced, at the closing neither.
    at.database.fail_at(at.database.operations() + 1, store::PowerCutDisk::Failure::lasting);
    REQUIRE_FALSE(receive());
    if (restarted) REQUIRE(at.start());
    CHECK_FALSE(receive());
    at.database.repair();
    const auto received = receive();
    REQUIRE(received);
    CHECK(received->persons[0].already);
    at.cut_power(7);
    REQUIRE(at.start());
    CHECK(journal::fact(*at.journal().reader(), family.persons[0].fact));
  }
}

TEST_CASE("simulator: an old copy that comes back while the disk is full goes on as another node") {
  Machine at("hall", 6, SONAE_DATA_DIR);
  REQUIRE(town::Town::init(at.env, Machine::kDirectory, "304280", "串本町", true));
  REQUIRE(at.start());
  REQUIRE(at.service->access().enrol_first("root", "管理者"));
  at.stop();
  const MachineImage copy = at.image();
  REQUIRE(at.start());
  const NodeId before = at.node();
  at.files.set_full(true);
  access::OpenAccount clerk;
  clerk.login = "clerk";
  clerk.name = "係";
  REQUIRE(at.run("access.open_account", to_json(clerk)));
  at.stop();
  at.database.put_back(copy.database);
  REQUIRE(at.start());
  CHECK(at.node() != before);
}

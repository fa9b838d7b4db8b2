#include "vault/erasures.h"

#include <doctest/doctest.h>

#include "vault/signed_text.h"
#include "vault/test_town.h"

using namespace sonae;
using namespace sonae::vault;

namespace {

struct Forgetting : TownWithKey {
  std::string entry;

  Forgetting() {
    receive("第一小", 2);
    entry = hall.must("reception.entries").at("entries").at(0).at("entry").as_string();
  }
  void erase() {
    hall.must("erasure.erase", R"({"subjects":["entry:)" + entry + R"("],"rule":"期限","because":"x"})");
  }
  std::unique_ptr<Target> target() { return *open_target(real_env(), place); }
  std::size_t lists() { return target()->list(std::string(kErasures))->size(); }
  RestoreReport restored(const std::string& directory) {
    auto report = restore_to(directory);
    REQUIRE_MESSAGE(report, report.error().in(Language::english));
    CHECK(report->whole());
    for (const std::string& problem : report->problems)
      MESSAGE(problem);
    return *report;
  }
  bool knows(TestNode& node) {
    const auto connection = node.service->town().journal().reader();
    const auto about = journal::facts_about(*connection, {"entry", entry});
    return std::ranges::any_of(about, [](const journal::Fact& fact) {
      return fact.header.kind == "reception.entry_written" && !fact.erased;
    });
  }
};

}  // namespace

TEST_CASE("erasures: a restore from a backup of before erases again what was erased later") {
  Forgetting town;
  const BackupReport before = town.backup();
  CHECK(town.lists() == 0);
  town.erase();
  town.backup();
  CHECK(town.lists() == 1);
  CHECK(town.backup().objects == 0);
  CHECK(town.lists() == 1);

  const std::string old_place = town.root.path() + "/old", new_place = town.root.path() + "/new";
  const RestoreReport new_one = town.restored(new_place);
  CHECK(new_one.erased_again == 0);
  CHECK(new_one.not_compared.empty());
  TestNode new_town(new_place);
  new_town.open();
  CHECK_FALSE(town.knows(new_town));
  // As if the newer one had been lost.
  const std::vector<std::string> manifests = *town.target()->list(std::string(kManifests));
  for (const std::string& manifest : manifests)
    if (std::string(kManifests) + "/" + manifest != before.manifest)
      REQUIRE(town.target()->remove(std::string(kManifests) + "/" + manifest));
  const RestoreReport old_one = town.restored(old_place);
  CHECK(old_one.manifest == before.manifest);
  CHECK(old_one.erased_again >= 1);
  TestNode old_town(old_place);
  old_town.open();
  CHECK_FALSE(town.knows(old_town));
}

TEST_CASE("erasures: without the list the town itself erases again when it is met") {
  Forgetting town;
  town.backup();
  const std::string place = town.root.path() + "/old";
  town.restored(place);
  TestNode old_town(place);
  old_town.open();
  CHECK(town.knows(old_town));
  town.erase();
  town.hall.must("nodes.enrol", R"({"node":")" + old_town.service->town().journal().node().text() +
                                    R"(","name":"復旧","public_key":")" +
                                    to_base64(old_town.service->town().journal().node_public_key().bytes()) +
                                    R"("})");
  town.hall.exchange(old_town);
  CHECK_FALSE(town.knows(old_town));
  CHECK(old_town.dump() == town.hall.dump());
}

TEST_CASE("erasures: a list that a stranger signed is told and not followed; old ones go with the backups") {
  Forgetting town;
  const BackupReport before = town.backup();
  const TownId id = town.hall.service->town().profile().id;
  const SigningKey stranger = SigningKey::generate(real_env().random);
  ErasureList forged;
  forged.town = id;
  forged.node = node_id_of(stranger.public_key());
  forged.key = to_base64(stranger.public_key().bytes());
  forged.made = before.made;
  for (const journal::Fact& fact :
       journal::facts_about(*town.hall.service->town().journal().reader(), {"entry", town.entry}))
    forged.facts.push_back(fact.header.id);
  REQUIRE(!forged.facts.empty());
  REQUIRE(town.target()->write("erasures/20260101T000000.000Z-forged.json",
                               sign_text(to_text(to_json(forged)), id, stranger)));
  const std::string place = town.root.path() + "/old";
  const RestoreReport report = town.restored(place);
  CHECK(report.erased_again == 0);
  CHECK(report.problems.size() == 1);
  TestNode old_town(place);
  old_town.open();
  CHECK(town.knows(old_town));

  forged.made = {before.made.milliseconds - std::int64_t{30} * 24 * 3'600'000};
  REQUIRE(town.target()->write("erasures/20260101T000000.000Z-forged.json",
                               sign_text(to_text(to_json(forged)), id, stranger)));
  town.backup({.full = true, .keep = 1});
  CHECK(town.lists() == 0);
}

// Other systems with the real restic: files, a dump, an image; what is wrong is told; the sample comes back.
#include "vault/restic.h"

#include <doctest/doctest.h>

#include <fstream>

#include "base/child_process.h"
#include "base/progress.h"
#include "vault/runner.h"
#include "vault/test_town.h"

using namespace sonae;
using namespace sonae::vault;

namespace {

struct OtherSystem {
  journal::TemporaryDirectory root;
  PlannedSystem system;

  OtherSystem() {
    system.name = "財務会計";
    system.repository = root.path() + "/repository";
    system.password_file = root.path() + "/password";
    std::ofstream(system.password_file) << "架空の合い言葉\n";
    system.keep = 1;
    REQUIRE(real_env().disk.make_directories(root.path() + "/data"));
    for (int i = 0; i < 30; ++i)
      std::ofstream(root.path() + "/data/帳票 " + std::to_string(i) + ".txt") << Bytes(1000 + i, 'x');
  }
  int restic(std::vector<std::string> words) {
    words.insert(words.begin(),
                 {"restic", "-q", "-r", system.repository, "--password-file", system.password_file});
    return run_program({words, root.path() + "/said"}).value();
  }
  Result<SystemReport> backup() { return back_up_system(real_env(), root.path(), system, no_progress()); }
  Result<SystemProof> prove() {
    return prove_system(real_env(), system, root.path() + "/back" + std::to_string(++proofs), no_progress());
  }
  int proofs = 0;
};

}  // namespace

TEST_CASE("restic: files are backed up, and a sample of them comes back the same") {
  OtherSystem other;
  other.system.paths = {other.root.path() + "/data"};
  CHECK(other.backup().error().code == ErrorCode::not_found);  // it is never made by itself
  REQUIRE(other.restic({"init"}) == 0);
  const auto first = other.backup();
  REQUIRE_MESSAGE(first, first.error().in(Language::english));
  CHECK(first->files == 30);
  CHECK(first->problems.empty());
  const auto proof = other.prove();
  REQUIRE_MESSAGE(proof, proof.error().in(Language::english));
  CHECK(proof->files == 20);
  CHECK(proof->differing.empty());
  CHECK(proof->made);
  // What changes afterwards is not the snapshot's fault, and only what is new is written.
  std::ofstream(other.root.path() + "/data/帳票 1.txt") << "changed";
  CHECK(other.backup()->bytes_written < first->bytes_whole);
}

TEST_CASE("restic: a dump that fails is no backup; an image and a dump come back whole; old ones go") {
  OtherSystem other;
  REQUIRE(other.restic({"init"}) == 0);
  other.system.dump = "echo half a dump; echo 架空 太郎 >&2; exit 1";
  const auto refused = other.backup();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().what.english == "The command of the dump failed");
  CHECK(refused.error().where.find("架空") == std::string::npos);
  CHECK(other.prove().error().code == ErrorCode::not_found);
  other.system.dump = "seq 1 100000";
  REQUIRE(other.backup());
  CHECK(other.prove()->bytes == 588'895);
  other.system.dump.clear();
  other.system.name = "庁内LAN";
  other.system.image = other.root.path() + "/disk.img";
  std::ofstream(other.system.image) << Bytes(3'000'000, 'i');
  REQUIRE(other.backup());
  REQUIRE(other.restic({"snapshots", "--json"}) == 0);  // two systems, one backup of each, with its sample
  CHECK(parse_json(*real_env().disk.read_all(other.root.path() + "/said"))->as_array().size() == 4);
}

TEST_CASE("restic: on the plan beside the town, with a sample of it in the proof") {
  TownWithKey town;
  OtherSystem other;
  REQUIRE(other.restic({"init"}) == 0);
  const AgeIdentity key = AgeIdentity::from_secret(real_env().random.bytes(32));
  const std::string identity = town.root.path() + "/proving.key";
  std::ofstream(identity) << key.text() << "\n";
  town.hall.must("recovery.add_key",
                 R"({"recipient":")" + key.recipient().text() + R"(","holder":"proving_place"})");
  std::ofstream(town.hall.path + "/backup.toml")
      << "[[target]]\nname = \"near\"\nto = \"" << town.place << "\"\nevery = \"1h\"\n"
      << "[[system]]\nname = \"財務会計\"\nrepository = \"" << other.system.repository
      << "\"\npassword_file = \"" << other.system.password_file << "\"\npaths = [\"" << other.root.path()
      << "/data\"]\nevery = \"1h\"\n"
      << "[[proof]]\nof = \"" << town.place << "\"\nidentity_file = \"" << identity
      << "\"\nsystems = true\nat = \"04:00\"\n";
  Runner runner(real_env(), town.hall.places, town.hall.path);
  CHECK(runner.run_due(no_progress()));
  const auto state = read_backup_state(real_env(), town.hall.path);
  const TargetState* const system = state->find(Kind::system, "財務会計 → " + other.system.repository);
  REQUIRE(system != nullptr);
  CHECK(system->last_succeeded);
  std::vector<std::string> problems;
  const auto target = *open_target(real_env(), town.place);
  const auto proofs = *read_proofs(*target, 1, problems);
  REQUIRE(proofs.size() == 1);
  const BackupProof proof = *read_proof(*target, proofs[0].name);
  CHECK(proof.lines.back().what_english == "Another system: 財務会計");
  for (const ProofLine& line : proof.lines)
    CHECK_MESSAGE(line.equal, line.what_english, ": ", line.restored);
  CHECK(proof.good);
}

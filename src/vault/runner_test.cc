// The plan at work: backups by themselves, alarms, proofs that the town finds at the target, other systems.
#include "vault/runner.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "town/notice/outgoing.h"
#include "vault/alarm_notices.h"
#include "vault/backup_operations.h"
#include "vault/facts.h"
#include "vault/test_town.h"

using namespace sonae;
using namespace sonae::vault;

namespace {

// The world with a clock that a test moves.
class MovedClock final : public Clock {
 public:
  Instant now() override { return {real_env().clock.now().milliseconds + ahead_ms}; }
  std::int64_t monotonic_microseconds() override { return real_env().clock.monotonic_microseconds(); }
  std::int64_t ahead_ms = 0;
};

struct PlannedTown : TownWithKey {
  MovedClock clock;
  Env env{clock, real_env().random, real_env().disk};
  Runner runner{env, hall.places, hall.path};

  void plan(const std::string& toml) { std::ofstream(hall.path + "/backup.toml") << toml; }
  void plan_target(const std::string& more = "") {
    plan("[[target]]\nname = \"near\"\nto = \"" + place + "\"\nevery = \"1h\"\n" + more);
  }
  void pass(std::int64_t minutes) { clock.ahead_ms += minutes * 60'000; }
  std::vector<AlarmKind> alarms() {
    std::vector<AlarmKind> kinds;
    for (const Alarm& alarm : backup_alarms(env, hall.path))
      kinds.push_back(alarm.kind);
    return kinds;
  }
  std::size_t backups() { return files("manifests").size(); }
  std::vector<journal::Fact> plan_facts() {  // the newest first
    journal::Journal& journal = hall.service->town().journal();
    return journal::newest_facts_about(*journal.reader(), {"backup", journal.node().text()}, 10);
  }
};

}  // namespace

TEST_CASE("runner: a backup is made when it is due, kept to its number, and told to be late") {
  PlannedTown town;
  CHECK(town.alarms() == std::vector{AlarmKind::none_yet});
  town.plan_target("keep = 2\n");
  CHECK(town.alarms().empty());
  for (const std::size_t expected : {1, 2, 2}) {
    CHECK(town.runner.run_due(no_progress()));
    CHECK(town.backups() == expected);
    CHECK(town.runner.run_due(no_progress()));  // nothing is due
    CHECK(town.backups() == expected);
    town.receive("第一小", 2);
    town.pass(61);
  }
  CHECK(town.alarms().empty());
  town.pass(120);
  CHECK(town.alarms() == std::vector{AlarmKind::late});
  CHECK(town.runner.run_due(no_progress()));
  CHECK(town.alarms().empty());
}

TEST_CASE("runner: a target that vanished is told by page and mail, tried again sooner, and harms nothing") {
  PlannedTown town;
  AlarmNotices notices(town.hall.service->town());
  town.plan("tell = [\"bousai@town.example\"]\n[[target]]\nname = \"near\"\nto = \"" + town.place +
            "\"\nevery = \"1h\"\n");
  CHECK(town.runner.run_due(no_progress()));
  REQUIRE(real_env().disk.rename(town.place, town.place + ".away"));
  town.pass(61);
  CHECK_FALSE(town.runner.run_due(no_progress()));
  CHECK(town.alarms() == std::vector{AlarmKind::vanished});
  for (int again = 0; again < 2; ++again)
    notices.tell(backup_alarms(town.env, town.hall.path));
  const auto told = notice::Outgoing(town.hall.service->town()).due(10);
  REQUIRE(told.size() == 1);  // once, however often it is looked
  CHECK(told[0].due.to.to == "bousai@town.example");
  CHECK(told[0].due.text_ja.find("控えの場所がありません") != std::string::npos);
  REQUIRE(real_env().disk.rename(town.place + ".away", town.place));
  town.pass(4);
  CHECK(town.runner.run_due(no_progress()));
  CHECK(town.backups() == 1);
  town.pass(2);
  CHECK(town.runner.run_due(no_progress()));
  CHECK(town.backups() == 2);
  CHECK(town.alarms().empty());
  notices.tell({});
  CHECK(read_backup_state(town.env, town.hall.path)->told.empty());
}

TEST_CASE("runner: a plan that cannot be read is an alarm, and the town's page names the key") {
  PlannedTown town;
  town.plan("[[target]]\nname = \"near\"\n");
  CHECK_FALSE(town.runner.run_due(no_progress()));
  const auto alarms = backup_alarms(town.env, town.hall.path);
  REQUIRE(alarms.size() == 2);
  CHECK(alarms[0].kind == AlarmKind::plan);
  CHECK(alarms[0].what.english.find("target 1.to") != std::string::npos);
}

TEST_CASE("runner: what was asked for runs at once, with its progress to be seen until it ends") {
  PlannedTown town;
  town.plan_target();
  add_backup_operations(*town.hall.service, town.runner, town.hall.service->catalogue());
  const auto times = [&] {
    const auto state = town.hall.must("backup.status");
    return state.at("runs").as_array().at(0).as_object().contains("last_succeeded") ? town.backups() : 0;
  };
  const auto wait_for = [&](std::size_t count) {
    for (int waited = 0; times() < count && waited < 30'000; ++waited)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    CHECK(times() == count);
  };
  CHECK_FALSE(town.hall.run("backup.run", R"({"kind":"town","target":"/elsewhere"})"));
  town.runner.start();
  wait_for(1);
  town.hall.must("backup.run", R"({"kind":"town","target":")" + town.place + R"("})");
  wait_for(2);
}

TEST_CASE(
    "proof on a schedule: signed, found by the town, believed only from the prover that the plan names") {
  PlannedTown town;
  town.receive("第一小", 10);
  const std::string proving = town.root.path() + "/proving", identity = proving + "/proving.key";
  REQUIRE(real_env().disk.make_directories(proving, true));
  const AgeIdentity key = AgeIdentity::from_secret(real_env().random.bytes(32));
  std::ofstream(identity) << key.text() << "\n";
  town.hall.must("recovery.add_key",
                 R"({"recipient":")" + key.recipient().text() + R"(","holder":"proving_place"})");
  const town::Places places{SONAE_DATA_DIR, proving + "/keys"};
  const std::string prover = node_id_of(prover_key(town.env, places.keys)->public_key()).text();
  town.plan_target("proven_within = \"30h\"\nprovers = [\"" + prover + "\"]\n");
  CHECK(town.runner.run_due(no_progress()));
  CHECK(town.alarms() == std::vector{AlarmKind::proof_late});

  std::ofstream(proving + "/backup.toml")
      << "[[proof]]\nof = \"" << town.place << "\"\nidentity_file = \"" << identity << "\"\nreports = \""
      << proving << "/reports\"\nat = \"04:00\"\n";
  Runner prover_runner(town.env, places, proving);
  CHECK(prover_runner.run_due(no_progress()));
  CHECK(real_env().disk.list(proving + "/reports")->size() == 1);
  CHECK(backup_alarms(town.env, proving).empty());
  const auto target = *open_target(town.env, town.place);
  std::vector<std::string> problems;
  const auto proofs = *read_proofs(*target, 10, problems);
  REQUIRE(proofs.size() == 1);
  CHECK(proofs[0].good);
  const BackupProof proof = *read_proof(*target, proofs[0].name);
  CHECK(proof.cost.seconds > 0);
  for (const ProofLine& line : proof.lines)
    CHECK_MESSAGE((line.equal || !line.tried), line.what_english, " ", line.restored);

  town.pass(61);
  CHECK(town.runner.run_due(no_progress()));
  CHECK(town.alarms().empty());
  town.pass(31 * 60);
  CHECK(town.runner.run_due(no_progress()));
  CHECK(town.alarms() == std::vector{AlarmKind::proof_late});

  // A damaged object: the proof is bad, at the proving place and for the town.
  for (const std::string& name : town.files("objects"))
    if (name.ends_with(".age")) std::ofstream(town.place + "/objects/" + name, std::ios::app) << "x";
  CHECK(prover_runner.run_due(no_progress()));
  CHECK(backup_alarms(town.env, proving).at(0).kind == AlarmKind::proof_failed);
  town.pass(61);
  CHECK(town.runner.run_due(no_progress()));
  CHECK(town.alarms() == std::vector{AlarmKind::proof_failed});

  // One that was changed is not read, and one of a stranger not believed.
  std::ofstream(town.place + "/" + proofs[0].name, std::ios::app) << "x";
  CHECK(read_proof(*target, proofs[0].name).error().code == ErrorCode::corrupt);
  town.plan_target("proven_within = \"30h\"\nprovers = [\"somebody\"]\n");
  town.hall.must("town.verify");
}

TEST_CASE("proof on the town's own machine: believed without being named, since its key lies here") {
  PlannedTown town;
  town.receive("第一小", 3);
  const std::string identity = town.root.path() + "/proving.key";
  const AgeIdentity key = AgeIdentity::from_secret(real_env().random.bytes(32));
  std::ofstream(identity) << key.text() << "\n";
  town.hall.must("recovery.add_key",
                 R"({"recipient":")" + key.recipient().text() + R"(","holder":"proving_place"})");
  const std::string proof =
      "[[proof]]\nof = \"" + town.place + "\"\nidentity_file = \"" + identity + "\"\nevery = \"1d\"\n";
  town.plan_target("proven_within = \"30h\"\n" + proof);
  CHECK(town.runner.run_due(no_progress()));
  CHECK(town.alarms().empty());
  add_backup_operations(*town.hall.service, town.runner, town.hall.service->catalogue());
  const json::value shown = town.hall.must("backup.proofs", R"({"target":")" + town.place + R"("})");
  const auto name = std::string(shown.at("proofs").as_array().at(0).at("name").as_string());
  const std::string ask = R"({"target":")" + town.place + R"(","name":")" + name + R"("})";
  CHECK(town.hall.must("backup.proof", ask).at("believed").as_bool());

  // It finds damage as another's would. And without its key it is one that nobody named.
  for (const std::string& object : town.files("objects"))
    if (object.ends_with(".age")) std::ofstream(town.place + "/objects/" + object, std::ios::app) << "x";
  town.pass(25 * 60);
  CHECK(town.runner.run_due(no_progress()));
  CHECK(std::ranges::count(town.alarms(), AlarmKind::proof_failed) > 0);
  REQUIRE(real_env().disk.remove(town.hall.places.keys + "/prover.json"));
  CHECK_FALSE(town.hall.must("backup.proof", ask).at("believed").as_bool());
}

TEST_CASE("plan on the page: who changed it is recorded, and the next look runs what it says") {
  PlannedTown town;
  add_backup_operations(*town.hall.service, town.runner, town.hall.service->catalogue());
  const auto seen = [&] { return std::string(town.hall.must("backup.plan").at("seen").as_string()); };
  const json::object target{{"name", "near"}, {"to", town.place}, {"reach", ""},        {"every", "1h"},
                            {"at", ""},       {"late_after", ""}, {"proven_within", ""}};
  const auto changed = [&](const std::string& before, const json::value& to) {
    json::object change{{"seen", seen()}, {"before", before}};
    if (!to.is_null()) change["target"] = to;
    return town.hall.must("backup.change_target", to_text(change));
  };
  CHECK(changed("", target).at("targets").as_array().size() == 1);
  const auto looks = journal::newest_facts_of_stream(*town.hall.service->town().journal().reader(),
                                                     journal::Stream::access, 10);
  REQUIRE_FALSE(looks.empty());
  CHECK(looks.front().body.find("backup.change_target") != std::string::npos);
  CHECK(town.runner.run_due(no_progress()));
  CHECK(town.backups() == 1);
  CHECK(changed(town.place, nullptr).at("targets").as_array().empty());
  CHECK(town.alarms() == std::vector{AlarmKind::none_yet});

  // Which target, and how.
  journal::Journal& journal = town.hall.service->town().journal();
  const auto facts = journal::newest_facts_about(*journal.reader(), {"backup", journal.node().text()}, 10);
  REQUIRE(facts.size() == 2);
  const auto gone = facts[0].as<PlanChanged>(), added = facts[1].as<PlanChanged>();
  REQUIRE((gone && added));
  CHECK(gone->what.before == town.place);
  CHECK(gone->what.after.empty());
  CHECK(added->table == "target");
  CHECK(added->what.after == town.place);
  CHECK(std::ranges::find(added->what.keys, "every", &PlanKeyChange::key)->after == "\"1h\"");
  CHECK_FALSE(added->by.is_none());

  const json::array shown = town.hall.must("backup.plan_changes").at("changes").as_array();
  REQUIRE(shown.size() == 2);
  CHECK(shown[0].at("what").at("before") == json::value(town.place));
  CHECK(shown[1].at("carried_out").as_bool());
  CHECK_FALSE(shown[1].at("by").as_string().empty());
}

TEST_CASE("plan on the page: where the new file cannot be written, nothing was changed and nothing says so") {
  PlannedTown town;
  add_backup_operations(*town.hall.service, town.runner, town.hall.service->catalogue());
  const std::string file = town.hall.path + "/backup.toml";
  town.plan_target();
  const Bytes before = *real_env().disk.read_all(file);
  const auto seen = std::string(town.hall.must("backup.plan").at("seen").as_string());
  std::filesystem::create_directory(file + ".next");  // nothing can be written there
  const auto refused =
      town.hall.run("backup.change_target", R"({"seen":")" + seen + R"(","before":")" + town.place + R"("})");
  CHECK_FALSE(refused);
  CHECK(*real_env().disk.read_all(file) == before);
  CHECK(town.plan_facts().empty());
}

TEST_CASE("plan on the page: where the new file does not take its place, the record says so, if late") {
  PlannedTown town;
  town.plan_target();
  journal::Journal& journal = town.hall.service->town().journal();
  const std::string seen = plan_seen(real_env(), town.hall.path).value();
  // The power went between the record and the file, or the disk was full for more than one fact.
  const auto recorded = [&](const std::string& before) {
    journal::Batch batch;
    const NodeId node = journal.node();
    batch.drafts.push_back(journal::draft(journal::Stream::ordinary, "backup.plan_changed",
                                          {{"backup", node.text()}}, GrantId{},
                                          PlanChanged{node, "target", {town.place, "", {}}, {}, before}));
    return journal.append(std::move(batch)).value().front().fact;
  };
  const FactId lost = recorded(seen);
  add_backup_operations(*town.hall.service, town.runner, town.hall.service->catalogue());  // a new start
  const auto facts = town.plan_facts();
  REQUIRE(facts.size() == 2);
  CHECK(facts[0].header.kind == "backup.plan_not_changed");
  CHECK(facts[0].header.supersedes == std::vector{lost});
  const json::array shown = town.hall.must("backup.plan_changes").at("changes").as_array();
  REQUIRE(shown.size() == 1);
  CHECK_FALSE(shown[0].at("carried_out").as_bool());
  CHECK_FALSE(shown[0].at("why_not").as_string().empty());

  // Or the next change finds it, before it is recorded itself. One that was made is left as it is.
  const FactId lost_too = recorded(seen);
  town.hall.must("backup.change_target", R"({"seen":")" + seen + R"(","before":")" + town.place + R"("})");
  town.hall.must("backup.change_target", R"({"seen":")" + plan_seen(real_env(), town.hall.path).value() +
                                             R"(","before":"","target":{"name":"n","to":")" + town.place +
                                             R"(","reach":"","every":"1h","at":"","late_after":"",)"
                                             R"("proven_within":""}})");
  const auto all = town.plan_facts();
  REQUIRE(all.size() == 6);
  CHECK(all[0].header.kind == "backup.plan_changed");
  CHECK(all[1].header.kind == "backup.plan_changed");
  CHECK(all[2].header.supersedes == std::vector{lost_too});
}

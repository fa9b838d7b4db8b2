#include "vault/backup.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "journal/fork.h"
#include "store/power_cut_vfs.h"
#include "town/reading.h"
#include "vault/alarms.h"
#include "vault/prove.h"
#include "vault/test_town.h"

using namespace sonae;
using namespace sonae::vault;
using sync::TestNode;

namespace {

// The disk of the world, but that writes below one path fail after some bytes: a full target, or (where
// everything fails from then on) a process that was killed.
class FailingDisk final : public Disk {
 public:
  FailingDisk(std::string below, std::int64_t writes, bool half)
      : below_(std::move(below)), left_(writes), half_(half) {}
  Result<std::unique_ptr<File>> open(const std::string& path, Open how) override {
    return real().open(path, how);
  }
  Result<Bytes> read_all(const std::string& path) override { return real().read_all(path); }
  Status write_whole(const std::string& path, BytesView content, bool private_file) override {
    if (!path.starts_with(below_)) return real().write_whole(path, content, private_file);
    if (left_-- > 0) return real().write_whole(path, content, private_file);
    // What a power cut leaves beside.
    if (half_) std::ofstream(path + ".new", std::ios::binary) << content.substr(0, content.size() / 2);
    return fail(ErrorCode::disk_full, {"空きがありません", "No space is left"}, path);
  }
  Result<FileStatus> status(const std::string& path) override { return real().status(path); }
  Result<std::vector<std::string>> list(const std::string& directory) override {
    return real().list(directory);
  }
  Status make_directories(const std::string& path, bool only_owner) override {
    return real().make_directories(path, only_owner);
  }
  Status remove(const std::string& path) override { return real().remove(path); }
  Status rename(const std::string& from, const std::string& to) override { return real().rename(from, to); }
  Result<std::uint64_t> free_bytes(const std::string& path) override { return real().free_bytes(path); }

 private:
  static Disk& real() { return real_env().disk; }
  std::string below_;
  std::int64_t left_;
  bool half_;
};

void check_whole(const Result<RestoreReport>& report) {
  REQUIRE_MESSAGE(report, report.error().in(Language::english));
  CHECK(report->lost.empty());
  CHECK(report->heads_equal);
  CHECK(report->differing.empty());
  CHECK(report->unsound.empty());
}

}  // namespace

TEST_CASE("backup: a town comes back from it, the same to the byte, as a new node") {
  TownWithKey town;
  town.receive("第一小", 30);
  const BackupReport first = town.backup();
  CHECK(first.full);
  CHECK(first.facts > 30);
  const std::string before = town.hall.dump();

  const std::string directory = town.root.path() + "/restored";
  const auto report = town.restore_to(directory);
  check_whole(report);
  CHECK(report->facts == first.facts);
  TestNode restored(directory);
  {
    const auto views = service::make_views();
    const auto opened = town::open_for_reading(real_env(), directory);
    REQUIRE(opened);
    std::string dump;
    journal::dump(*opened->database->connect(), service::pointers_to(views),
                  [&](std::string_view line) { dump.append(line) += '\n'; });
    CHECK(dump == before);
  }
  restored.open();
  CHECK(restored.service->town().journal().node() != town.hall.service->town().journal().node());
  restored.must("access.open_account", R"({"login":"hanako","name":"花子","role":"clerk"})");
  CHECK(restored.must("town.verify").at("sound").as_bool());
  CHECK_FALSE(town.restore_to(directory));  // never over a town
}

TEST_CASE("backup: the second writes what is new, one with nothing new only a manifest") {
  TownWithKey town;
  town.receive("第一小", 30);
  const BackupReport first = town.backup();
  const auto objects = town.files("objects");
  const BackupReport nothing = town.backup();
  CHECK(nothing.objects == 0);
  CHECK(nothing.facts == 0);
  CHECK(nothing.bytes_written < 5000);
  CHECK(town.files("objects") == objects);
  town.receive("第二小", 5);
  const BackupReport more = town.backup();
  CHECK_FALSE(more.full);
  CHECK(more.facts < first.facts);
  CHECK(more.facts >= 5);
  check_whole(town.restore_to(town.root.path() + "/newest"));
}

namespace {

// Two machines from one image: the copy has the key too. (In the real world both directories have the same
// device and inode numbers; here the key is named after the copy's.)
void clone(TestNode& machine, TestNode& copy) {
  const std::string town = machine.service->town().profile().id.text();
  machine.sync.reset();
  machine.service.reset();
  std::filesystem::copy(machine.path, copy.path, std::filesystem::copy_options::recursive);
  std::filesystem::create_directories(copy.places.keys);
  const auto status = real_env().disk.status(copy.path);
  char name[64];
  std::snprintf(name, sizeof name, "-%llx-%llx.json", static_cast<unsigned long long>(status->device),
                static_cast<unsigned long long>(status->inode));
  for (const auto& file : std::filesystem::directory_iterator(machine.places.keys))
    if (file.path().extension() == ".json")
      std::filesystem::copy_file(file.path(), copy.places.keys + "/" + town + name);
  machine.open();
  copy.open();
  REQUIRE(copy.service->town().journal().node() == machine.service->town().journal().node());
}

void open_account(TestNode& machine, const std::string& login) {
  machine.must("access.open_account", R"({"login":")" + login + R"(","name":"x","role":"clerk"})");
}

}  // namespace

TEST_CASE("backup: two machines with one key do not go on from each other's backups") {
  TownWithKey town;
  town.receive("第一小", 5);
  town.backup();
  TestNode copy(town.root.path() + "/copy");
  clone(town.hall, copy);
  open_account(copy, "on-copy");
  REQUIRE(back_up_to(real_env(), copy.places, copy.path, town.place, {}, no_progress()));
  open_account(town.hall, "on-hall");
  open_account(town.hall, "on-hall-too");
  CHECK(town.backup().full);
  check_whole(town.restore_to(town.root.path() + "/restored"));
}

TEST_CASE("backup: what stands beside a forked log comes back too, and can be taken over") {
  TownWithKey town;
  town.receive("第一小", 5);
  TestNode copy(town.root.path() + "/copy"), gym(town.root.path() + "/gym");
  const json::value invited = town.hall.must("nodes.invite", R"({"name":"体育館","place":""})");
  const auto text = sync::read_join_text(std::string(invited.at("text").as_string()));
  REQUIRE(sync::join(real_env(), gym.places, gym.path, *text));
  gym.open();
  gym.exchange(town.hall);
  clone(gym, copy);
  open_account(copy, "on-copy");
  open_account(gym, "on-gym");
  REQUIRE(gym.sync->exchange_with(town.hall.address, {}));
  town.backup();
  REQUIRE(copy.sync->exchange_with(town.hall.address, {}));
  REQUIRE(journal::forks(*town.hall.service->town().journal().reader()).size() >= 1);
  town.backup();

  TestNode restored(town.root.path() + "/restored");
  check_whole(town.restore_to(restored.path));
  restored.open();
  const auto forks = journal::forks(*restored.service->town().journal().reader());
  CHECK(forks.size() == journal::forks(*town.hall.service->town().journal().reader()).size());
  restored.must("nodes.take_over", R"({"node":")" + gym.service->town().journal().node().text() +
                                       R"(","stream":"ordinary","because":"両方とも確か"})");
  for (const char* const login : {"on-copy", "on-gym"}) {
    CAPTURE(login);
    CHECK(restored.service->access().actor(login));
  }
}

namespace {
std::set<std::string> shelters_in(const std::string& directory) {
  const auto town = *town::open_for_reading(real_env(), directory, nullptr);
  const auto connection = town.database->connect();
  std::set<std::string> names;
  const auto row = connection->query("SELECT DISTINCT shelter FROM reception_entry");
  while (row->next())
    names.emplace(row->text(0));
  return names;
}
}  // namespace

TEST_CASE(
    "restore: as of a time between two entries of one backup; what is later is set aside, not dropped") {
  TownWithKey town;
  town.receive("第一小", 20);
  ::usleep(5'000);
  const Instant between = real_env().clock.now();
  ::usleep(5'000);
  town.receive("第二小", 5);
  const BackupReport made = town.backup();

  RestoreSettings earlier;
  earlier.as_of = between;
  const std::string directory = town.root.path() + "/earlier";
  const auto old = town.restore_to(directory, earlier);
  check_whole(old);
  CHECK(old->facts == made.facts);
  CHECK(old->set_aside >= 5);
  CHECK(old->as_of == between);
  CHECK(shelters_in(directory) == std::set<std::string>{"第一小"});
  CHECK(shelters_in(town.hall.path) == std::set<std::string>{"第一小", "第二小"});

  earlier.as_of = Instant{between.milliseconds - 3'600'000};
  const auto before = town.restore_to(town.root.path() + "/before", earlier);
  REQUIRE_FALSE(before);
  CHECK(before.error().code == ErrorCode::not_found);
}

TEST_CASE("backup: a new recovery key begins anew; without one nothing is written") {
  TownWithKey town;
  town.backup();
  const MadeKey other = *make_recovery_key(
      real_env().random,
      {town.hall.service->town().profile().id, *town.hall.service->town().profile().founder}, 1, 1);
  town.hall.must("recovery.add_key",
                 R"({"recipient":")" + other.recipient.text() + R"(","holder":"officers"})");
  CHECK(town.backup().full);
  // The old shares open what was made for them, and the report says that there is something newer.
  const auto old = town.restore_to(town.root.path() + "/old");
  REQUIRE(old);
  CHECK(old->problems.size() == 1);

  journal::TemporaryDirectory elsewhere;
  TestNode keyless{elsewhere.path() + "/town"};
  keyless.found();
  const auto refused = back_up_to(real_env(), keyless.places, keyless.path, town.place, {}, no_progress());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().what.english == "There is no recovery key yet");
}

TEST_CASE("backup: cut off anywhere, the earlier one stands and the next goes on") {
  for (std::int64_t writes = 0; writes < 8; ++writes) {
    TownWithKey town;
    town.backup();
    const auto stood = town.hall.dump();
    town.receive("第一小", 20);
    FailingDisk disk(town.place, writes, true);
    Env env{real_env().clock, real_env().random, disk};
    const auto cut = town.try_backup(env);
    const auto alarms = backup_alarms(real_env(), town.hall.path);
    if (!cut) {
      CHECK(cut.error().code == ErrorCode::disk_full);
      REQUIRE(alarms.size() == 1);
      CHECK(alarms[0].grave);
      // What stood before can be restored as if nothing had been tried.
      check_whole(town.restore_to(town.root.path() + "/earlier"));
    }
    const BackupReport next = town.backup();
    if (!cut && writes >= 2) CHECK(next.taken_up > 0);
    CHECK(backup_alarms(real_env(), town.hall.path).empty());
    check_whole(town.restore_to(town.root.path() + "/newest"));
  }
}

TEST_CASE("backup: a target that is gone is told, and not written to the wrong disk") {
  TownWithKey town;
  town.backup();
  REQUIRE(real_env().disk.rename(town.place, town.place + ".away"));
  CHECK(town.try_backup().error().code == ErrorCode::not_found);
  REQUIRE(real_env().disk.make_directories(town.place));  // the mount point without its disk
  CHECK(town.try_backup().error().what.english == "The earlier backups are not there");
  CHECK(town.files("objects").empty());
  CHECK(backup_alarms(real_env(), town.hall.path).size() == 1);
  CHECK(town.try_backup(real_env(), {true, {}}));
  CHECK(backup_alarms(real_env(), town.hall.path).empty());
}

TEST_CASE("backup: what is kept is whole, what went is gone") {
  TownWithKey town;
  for (int i = 0; i < 5; ++i) {
    town.receive("第" + std::to_string(i) + "小", 3);
    town.backup({i == 2, 2});
  }
  CHECK(town.files("manifests").size() == 2);
  std::vector<std::string> problems;
  const auto target = *open_target(real_env(), town.place);
  std::size_t needed = 0;
  const auto kept = *read_manifests(*target, problems);
  for (const ObjectEntry& object : kept.front().manifest.objects) {
    CHECK(real_env().disk.status(town.place + "/objects/" + object.name + ".age"));
    ++needed;
  }
  CHECK(town.files("objects").size() < 2 * (needed + 3));
  check_whole(town.restore_to(town.root.path() + "/newest"));
}

TEST_CASE("restore: a flipped bit is found, named, and what is not touched by it comes back") {
  TownWithKey town;
  town.receive("第一小", 30);
  town.backup();
  int whole = 0;
  const auto names = town.files("objects");
  for (std::size_t at = 0; at < names.size(); ++at) {
    const std::string path = town.place + "/objects/" + names[at];
    const Bytes sound = *real_env().disk.read_all(path);
    Bytes damaged = sound;
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 4);
    std::ofstream(path, std::ios::binary) << damaged;
    const auto report = town.restore_to(town.root.path() + "/damaged" + std::to_string(at));
    if (names[at].ends_with(".json")) {
      check_whole(report);  // an index serves the next backup, not the restore
      ++whole;
    } else if (report) {
      CHECK_FALSE(report->whole());
      REQUIRE(report->lost.size() == 1);
      CHECK(names[at] == report->lost[0].object + ".age");
      CHECK_FALSE(report->lost[0].logs.empty());
      CHECK(report->facts > 0);
    }
    std::ofstream(path, std::ios::binary) << sound;
  }
  CHECK(whole > 0);
}

TEST_CASE("restore: what one backup lacks is taken from another") {
  TownWithKey town;
  town.receive("第一小", 30);
  const BackupReport old = town.backup();
  town.receive("第二小", 5);
  const BackupReport full = town.backup({true, {}});
  std::vector<std::string> problems;
  const auto target = *open_target(real_env(), town.place);
  const auto manifests = *read_manifests(*target, problems);
  int lost = 0, mended = 0;
  for (const ObjectEntry& object : manifests.front().manifest.objects) {
    if (object.logs.empty()) continue;
    const std::string path = town.place + "/objects/" + object.name + ".age";
    REQUIRE(real_env().disk.rename(path, path + ".away"));
    const auto report = town.restore_to(town.root.path() + "/" + object.name);
    REQUIRE(report);
    std::uint64_t missing = 0;
    for (const Loss& loss : report->lost)
      for (const LogStretch& stretch : loss.logs)
        missing += stretch.next - stretch.first;
    // The older backup has the beginning of every log: only what came later can be lost.
    CHECK(missing <= full.facts - old.facts);
    CHECK(report->facts + missing == full.facts);
    ++(missing == 0 ? mended : lost);
    REQUIRE(real_env().disk.rename(path + ".away", path));
  }
  CHECK(lost + mended > 0);
}

TEST_CASE("restore: only with enough shares, of this town") {
  TownWithKey town, other;
  town.backup();
  const JoinedKey strange = other.opened();
  const auto target = *open_target(real_env(), town.place);
  const std::string directory = town.root.path() + "/restored";
  const auto refused = restore(real_env(), {SONAE_DATA_DIR, directory + ".keys"}, *target, directory,
                               {strange.identity, &strange}, {}, no_progress());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::forbidden);
  // A backup that somebody else slipped in, made for the right key: the shares know whose they are.
  other.hall.must("recovery.add_key",
                  R"({"recipient":")" + town.key->recipient.text() + R"(","holder":"officers"})");
  town.place = other.place;
  other.backup();
  const auto slipped = town.restore_to(directory);
  REQUIRE_FALSE(slipped);
  CHECK(slipped.error().what.english == "This backup is not of the town of these shares");
  CHECK_FALSE(real_env().disk.status(directory + "/town.json"));
}

TEST_CASE("backup: a newer program backs up a town whose views it has not rebuilt yet") {
  TownWithKey town;
  town.hall.sync.reset();  // the server has ended; the town is as it left it
  town.hall.service.reset();
  {
    const auto database = *store::open_sqlite(town.hall.path + "/town.db");
    const auto connection = database->connect();
    connection->run("UPDATE journal_meta SET value = '0' WHERE name = 'view reception'");
    connection->script("DROP TABLE reception_entry");
  }
  town.backup();
  check_whole(town.restore_to(town.root.path() + "/restored"));

  // What cannot be compared is said, and is no fault of the backup.
  const JoinedKey joined = town.opened();
  const SigningKey prover = SigningKey::generate(real_env().random);
  const auto proof = prove_backup(
      real_env(), {SONAE_DATA_DIR, town.root.path() + "/keys"},
      {.target = town.place, .key = {joined.identity, &joined}, .settings = {}, .prover = prover},
      no_progress());
  REQUIRE(proof);
  CHECK(proof->good);
  const auto entries = std::ranges::find(proof->lines, "Entries of evacuees", &ProofLine::what_english);
  REQUIRE(entries != proof->lines.end());
  CHECK_FALSE(entries->tried);
}

TEST_CASE("backup: age, tar, zstd and jq read every fact of it") {
  if (std::system("command -v age tar zstd jq >/dev/null 2>&1") != 0) return;
  TownWithKey town;
  town.receive("第一小", 10);
  const BackupReport report = town.backup();
  std::ofstream(town.root.path() + "/key") << town.opened().identity.text() << "\n";
  const std::string script =
      "set -e; cd " + town.root.path() +
      "; mkdir out; for f in disk/objects/*.age; do age -d -i key $f | tar -x -C out; done; "
      "test $(zstd -dcq out/segments/*.zst | jq -r 'select(.header) | .header | fromjson | .id' | wc -l) "
      "-eq " +
      std::to_string(report.facts) +
      "; test $(head -1 disk/manifests/*.json | jq '.heads | map(.size) | add') -eq " +
      std::to_string(report.facts) + "; test $(jq -r .name out/files/town.json) = 串本町";
  CHECK(std::system(script.c_str()) == 0);
}

TEST_CASE("backup: the record of looks can be left out, and target, report and restored town say so") {
  TownWithKey town;
  town.receive("第一小", 5);
  journal::Draft look;
  look.stream = journal::Stream::access;
  look.kind = "access.looked";
  look.subjects = {{"looker", "somebody"}};
  look.body = "{}";
  REQUIRE(town.hall.service->town().journal().append({{look}, {}, {}}));
  const auto streams_held = [&] {
    std::set<journal::Stream> streams;
    std::vector<std::string> problems;
    const auto target = *open_target(real_env(), town.place);
    for (const BackupHead& head : read_manifests(*target, problems)->front().manifest.heads)
      streams.insert(head.stream);
    return streams;
  };
  const BackupReport without = town.backup({.looks = false});
  CHECK(without.without == std::vector<std::string>{"looks"});
  CHECK_FALSE(streams_held().contains(journal::Stream::access));
  const auto restored = town.restore_to(town.root.path() + "/new");
  check_whole(restored);
  CHECK(restored->without == std::vector<std::string>{"looks"});
  CHECK(restored->restored == restored->expected);  // no table of the town comes from looks

  // Taken in again, it is there from its beginning; left out again, all is written anew without it.
  CHECK(town.backup().without.empty());
  CHECK(streams_held().contains(journal::Stream::access));
  const auto all = town.restore_to(town.root.path() + "/all");
  check_whole(all);
  CHECK(all->without.empty());
  CHECK(all->facts > restored->facts);
  CHECK(town.backup({.looks = false}).full);
  check_whole(town.restore_to(town.root.path() + "/again"));
}

TEST_CASE("restore: one that was stopped goes on where it was, and until then the directory is refused") {
  TownWithKey town;
  for (const char* const shelter : {"第一小", "第二小", "第三小"}) {
    town.receive(shelter, 5);
    town.backup();
  }
  // Stops when it is asked for the n-th time whether to.
  class StopsAt final : public Progress {
   public:
    explicit StopsAt(int times) : left_(times) {}
    void report(const Phrase&, std::uint64_t, std::uint64_t) override {}
    bool stop_requested() const override { return left_-- <= 0; }

   private:
    mutable std::atomic<int> left_;
  };
  const std::string directory = town.root.path() + "/new";
  const JoinedKey joined = town.opened();
  const auto target = *open_target(real_env(), town.place);
  const auto restore_until = [&](int times) {
    StopsAt progress(times);
    return restore(real_env(), {SONAE_DATA_DIR, directory + ".keys"}, *target, directory,
                   {joined.identity, &joined}, {}, progress);
  };
  std::uint64_t facts = 0;
  int stopped = 0;
  for (const int times : {0, 1, 3, 5}) {
    const auto report = restore_until(times);
    if (report) break;
    ++stopped;
    CHECK(report.error().code == ErrorCode::cancelled);
    CHECK(is_not_being_restored(real_env(), directory).error().code == ErrorCode::conflict);
    const auto here = town::open_for_reading(real_env(), directory);
    REQUIRE(here);
    const auto count = journal::all_facts(*(*here).database->connect()).size();
    CHECK(count >= facts);
    facts = count;
  }
  CHECK(stopped >= 3);
  CHECK(facts > 0);
  const auto report = town.restore_to(directory);
  check_whole(report);
  CHECK(report->facts <
        journal::all_facts(*town::open_for_reading(real_env(), directory)->database->connect()).size());
  CHECK(is_not_being_restored(real_env(), directory));
}

TEST_CASE(
    "restore: onto a full disk it ends with that, names nothing as lost, and goes on when there is room") {
  TownWithKey town;
  town.receive("第一小", 400);
  const BackupReport backup = town.backup();
  const std::string directory = town.root.path() + "/full";
  store::PowerCutDisk disk("restore-full");
  const JoinedKey joined = town.opened();
  const auto target = *open_target(real_env(), town.place);
  const auto restore_there = [&] {
    return restore(real_env(), {SONAE_DATA_DIR, directory + ".keys", "restore-full"}, *target, directory,
                   {joined.identity, &joined}, {}, no_progress());
  };
  std::uint64_t room = 600'000;  // for the tables, and not for what comes
  std::size_t refused = 0;
  for (;; room += 150'000) {
    CAPTURE(room);
    disk.set_capacity(room);
    const auto report = restore_there();
    if (report) {
      check_whole(report);
      break;
    }
    ++refused;
    REQUIRE(report.error().code == ErrorCode::disk_full);
    CHECK_FALSE(is_not_being_restored(real_env(), directory));
    REQUIRE(room < 20'000'000);
  }
  CHECK(refused > 2);
  CHECK(is_not_being_restored(real_env(), directory));
  CHECK_FALSE(restore_there());  // never over a town
}

TEST_CASE("restore: whichever file finds the disk full, the next try brings back all") {
  TownWithKey town;
  town.receive("第一小", 10);
  REQUIRE(real_env().disk.make_directories(town.hall.path + "/tables"));
  REQUIRE(real_env().disk.write_whole(town.hall.path + "/tables/blocks.tsv", "# the town's own\n"));
  town.backup();
  const JoinedKey joined = town.opened();
  const auto target = *open_target(real_env(), town.place);
  bool done = false;
  for (int writes = 0; !done; ++writes) {
    CAPTURE(writes);
    REQUIRE(writes < 20);
    const std::string directory = town.root.path() + "/full" + std::to_string(writes);
    FailingDisk disk(directory + "/", writes, true);
    Env env{real_env().clock, real_env().random, disk};
    const auto report = restore(env, {SONAE_DATA_DIR, directory + ".keys"}, *target, directory,
                                {joined.identity, &joined}, {}, no_progress());
    done = report.has_value();
    if (done) continue;
    CHECK(report.error().code == ErrorCode::disk_full);
    check_whole(town.restore_to(directory));
    CHECK(real_env().disk.read_all(directory + "/tables/blocks.tsv").has_value());
  }
}

#include "vault/prove.h"

#include <sys/resource.h>

#include <algorithm>
#include <filesystem>

#include "base/private_directory.h"
#include "vault/outside_reading.h"
#include "vault/restic.h"

namespace sonae::vault {

namespace {

// Tables that people know by a name; of the others the page says how many there are.
struct KnownTable {
  std::string_view table;
  Phrase name;
};
const KnownTable kKnown[] = {
    {"access_account", {"利用者", "Accounts"}},
    {"reception_entry", {"避難者の記載", "Entries of evacuees"}},
    {"reception_sheet", {"取り込んだ名簿", "Lists"}},
    {"registry_chunk", {"台帳の束", "Pieces of the registry"}},
    {"matching_decision", {"突合の判断", "Decisions on matches"}},
};

void add(BackupProof& proof, const Phrase& what, const std::string& expected, const std::string& restored,
         bool equal) {
  proof.lines.push_back({what.japanese, what.english, expected, restored, equal, true});
}

// Between an update of the program and the server's next start.
void add_not_compared(BackupProof& proof, const Phrase& what) {
  proof.lines.push_back({what.japanese, what.english, "",
                         "表の版が違うため、比べられません / tables of another version: not compared", false,
                         false});
}

void compare(BackupProof& proof, const Answers& expected, const Answers& restored) {
  const auto count = [&](const Phrase& what, auto one, auto other) {
    add(proof, what, std::to_string(one), std::to_string(other), one == other);
  };
  const Phrase residents{"住民", "Residents"}, households{"世帯", "Households"};
  if (both_have(expected, restored, "registry_snapshot")) {
    count(residents, expected.residents, restored.residents);
    count(households, expected.households, restored.households);
  } else {
    add_not_compared(proof, residents);
    add_not_compared(proof, households);
  }
  for (const KnownTable& known : kKnown) {
    const TableAnswer* const one = table_in(expected, known.table);
    const TableAnswer* const other = table_in(restored, known.table);
    if (!both_have(expected, restored, known.table)) {
      if (one != nullptr || other != nullptr) add_not_compared(proof, known.name);
    } else if (one->rows + other->rows > 0) {
      count(known.name, one->rows, other->rows);
    }
  }
  std::size_t alike = 0;
  for (const TableAnswer& table : expected.tables)
    if (std::ranges::find(restored.tables, table) != restored.tables.end()) ++alike;
  add(proof, {"全ての表の全ての行（内容の照合）", "Every row of every table, by its content"},
      std::to_string(expected.tables.size()), std::to_string(alike), differences(expected, restored).empty());
}

// Read by other programs, and compared with what Sonae restored.
void compare_outside(BackupProof& proof, const Result<OutsideReading>& reading) {
  ProofLine line{"Sonae を使わずに読む（age・tar・zstd・jq）",
                 "Read without Sonae: age, tar, zstd, jq",
                 "",
                 "",
                 false,
                 true};
  if (!reading) {
    line.tried = reading.error().code != ErrorCode::unsupported;
    line.restored = reading.error().in(Language::english);
  } else {
    line.expected = std::to_string(reading->facts) + " / " + std::to_string(reading->blobs);
    line.restored = reading->differing.empty() ? line.expected : reading->differing.front();
    line.equal = reading->differing.empty();
  }
  proof.lines.push_back(std::move(line));
}

// A sample of each other system, restored from its repository and compared with what it was.
void compare_systems(Env& env, const std::vector<PlannedSystem>& systems, const std::string& place,
                     BackupProof& proof, Progress& progress) {
  int number = 0;
  for (const PlannedSystem& system : systems) {
    progress.report({"他のシステムの見本を戻しています", "Restoring samples of other systems"}, 0, 0);
    const auto sample = prove_system(env, system, place + std::to_string(number++), progress);
    ProofLine line{"他のシステム: " + system.name, "Another system: " + system.name, "", "", false, true};
    if (!sample) {
      line.restored = sample.error().in(Language::english);
    } else {
      line.expected =
          std::to_string(sample->files) + " (" + to_japan_time(sample->made.value_or(Instant{})) + ")";
      line.restored = std::to_string(sample->files - sample->differing.size());
      line.equal = sample->files > 0 && sample->differing.empty();
    }
    proof.lines.push_back(std::move(line));
  }
}

// What the town's plan keeps from this target is no fault of the backup, and nothing that a reader should
// miss.
void tell_left_out(BackupProof& proof) {
  if (!proof.restore.without.empty())
    proof.lines.push_back({"閲覧の記録", "The record of looks", "",
                           "予定により、ここには置いていません / left out by the plan", false, false});
}

double processor_seconds() {
  double seconds = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used{};
    ::getrusage(who, &used);
    for (const timeval& part : {used.ru_utime, used.ru_stime})
      seconds += static_cast<double>(part.tv_sec) + static_cast<double>(part.tv_usec) / 1e6;
  }
  return seconds;
}

std::uint64_t bytes_below(const std::string& directory) {
  std::uint64_t bytes = 0;
  std::error_code ignored;
  for (std::filesystem::recursive_directory_iterator at(directory, ignored), end; at != end;
       at.increment(ignored))
    if (at->is_regular_file(ignored)) bytes += at->file_size(ignored);
  return bytes;
}

// Whose backup it is, as its newest manifest says: a backup that cannot be opened is a proof too.
void describe_unopened(Target& target, const Error& error, BackupProof& proof) {
  proof.failure = {error.in(Language::japanese), error.in(Language::english)};
  const auto manifests = read_manifests(target, proof.restore.problems);
  if (!manifests || manifests->empty()) return;
  proof.restore.manifest = manifests->front().name;
  proof.restore.made = manifests->front().manifest.made;
  proof.restore.town_id = manifests->front().manifest.town;
}

}  // namespace

Result<BackupProof> prove_backup(Env& env, const town::Places& places, const ProofCall& call,
                                 Progress& progress) {
  const std::int64_t began = env.clock.monotonic_microseconds();
  const double used_before = processor_seconds();
  const PrivateDirectory emptiness("proof");  // it holds the town
  if (!emptiness.made())
    return fail(ErrorCode::io_failure, {"一時フォルダを作れません", "No temporary directory can be made"},
                emptiness.path());
  const auto target = TRY(open_target(env, call.target, {&call.prover, &call.key.identity}));
  TRY(target->list(std::string(kManifests)));  // one that is not there proves nothing
  BackupProof proof;
  proof.target = call.target;
  proof.node = node_id_of(call.prover.public_key());
  proof.key = to_base64(call.prover.public_key().bytes());
  const town::Places own{places.data, emptiness.file("keys")};
  const std::string directory = emptiness.file("town");
  auto restored = restore(env, own, *target, directory, call.key, call.settings, progress);
  proof.proven = env.clock.now();
  if (!restored) {
    if (restored.error().code == ErrorCode::cancelled) return std::unexpected(restored.error());
    describe_unopened(*target, restored.error(), proof);
  } else {
    proof.restore = std::move(*restored);
    proof.town = proof.restore.town;
    compare(proof, proof.restore.expected, proof.restore.restored);
    tell_left_out(proof);
    add(proof, {"記録の先端と証明", "Heads of all logs, and their proofs"}, "一致 / equal",
        proof.restore.heads_equal ? "一致 / equal" : "不一致 / not equal", proof.restore.heads_equal);
    add(proof,
        {"検証（署名・指紋・一覧の作り直し）", "Verification: signatures, digests, views derived anew"}, "0",
        std::to_string(proof.restore.unsound.size()), proof.restore.unsound.empty());
    add(proof, {"失われた束", "Objects lost"}, "0", std::to_string(proof.restore.lost.size()),
        proof.restore.lost.empty());
    progress.report({"Sonae を使わずに読んでいます", "Reading it without Sonae"}, 0, 0);
    compare_outside(proof, read_outside(env, *target, proof.restore, call.key.identity, directory,
                                        emptiness.file("outside")));
    compare_systems(env, call.systems, emptiness.file("system"), proof, progress);
  }
  proof.age_hours =
      static_cast<double>(proof.proven.milliseconds - proof.restore.made.milliseconds) / 3'600'000;
  proof.good =
      proof.failure.empty() && proof.restore.whole() &&
      std::ranges::all_of(proof.lines, [](const ProofLine& line) { return line.equal || !line.tried; });
  proof.cost.disk_bytes = bytes_below(emptiness.path());
  proof.cost.seconds = static_cast<double>(env.clock.monotonic_microseconds() - began) / 1e6;
  proof.cost.processor_seconds = processor_seconds() - used_before;
  return proof;
}

BackupProof without_digests(BackupProof proof) {
  proof.restore.expected.tables.clear();
  proof.restore.restored.tables.clear();
  return proof;
}

}  // namespace sonae::vault

#include "vault/restic.h"

#include <algorithm>

#include "vault/restic_sample.h"

namespace sonae::vault {

namespace {

// The last line of `restic backup --json`.
struct Summary {
  std::string message_type;
  std::string snapshot_id;
  std::uint64_t total_files_processed = 0;
  std::uint64_t total_bytes_processed = 0;
  std::uint64_t data_added = 0;
};
BOOST_DESCRIBE_STRUCT(Summary, (),
                      (message_type, snapshot_id, total_files_processed, total_bytes_processed, data_added))

struct Snapshot {
  std::string id;
  Instant time;
};
BOOST_DESCRIBE_STRUCT(Snapshot, (), (id, time))

Result<Summary> summary_in(std::string_view said) {
  said = said.substr(0, said.find_last_not_of('\n') + 1);
  const Summary summary = TRY(from_json_text<Summary>(said.substr(said.rfind('\n') + 1)));
  if (summary.message_type != "summary")
    return fail(ErrorCode::io_failure, {"restic の答えが分かりません", "restic's answer is not understood"});
  return summary;
}

class SystemBackup {
 public:
  SystemBackup(Env& env, const std::string& directory, const PlannedSystem& system, Progress& progress)
      : env_(env),
        directory_(directory),
        system_(system),
        progress_(progress),
        restic_(env, system, progress) {}

  Result<SystemReport> run() {
    progress_.report({"restic で控えを取っています: " + system_.name, "restic: " + system_.name}, 0, 0);
    Sample sample;
    if (!system_.dump.empty())
      sample = TRY(dump());
    else if (!system_.image.empty())
      sample = TRY(stream(system_.image, "image"));
    else
      sample = TRY(files());
    TRY(note_sample(restic_, sample));
    if (sample.files.empty()) report_.problems.push_back("no sample: every file changed meanwhile");
    if (system_.keep) let_go(*system_.keep);
    return std::move(report_);
  }

 private:
  Status take(const Bytes& said) {
    const Summary summary = TRY(summary_in(said));
    report_.snapshot = summary.snapshot_id;
    report_.files = summary.total_files_processed;
    report_.bytes_whole = summary.total_bytes_processed;
    report_.bytes_written = summary.data_added;
    return {};
  }

  Result<Sample> files() {
    std::vector<std::string> words{"--json", "backup", "--host", "sonae", "--tag", restic_.tag()};
    for (const std::string& pattern : system_.exclude)
      words.insert(words.end(), {"--exclude", pattern});
    words.insert(words.end(), system_.paths.begin(), system_.paths.end());
    TRY(take(TRY(restic_.run(std::move(words)))));
    if (restic_.incomplete())
      report_.problems.emplace_back("some files could not be read: see sudo -u, and exclude");
    return draw_sample(env_, restic_, report_.snapshot);
  }

  // Whole before restic sees it: half a dump would look like a dump.
  Result<Sample> dump() {
    const std::string path = directory_ + "/dump-" + sha256(system_.label()).hex().substr(0, 12);
    // What the other system says of its failure may name people, and errors go out by mail.
    const auto ended = run_program({{"sh", "-c", system_.dump}, path, "/dev/null", {}, {}, {}, [this] {
                                      return progress_.stop_requested();
                                    }});
    auto sample = [&]() -> Result<Sample> {
      if (!ended) return std::unexpected(ended.error());
      if (*ended != 0)
        return fail(ErrorCode::io_failure, {"ダンプの命令が失敗しました", "The command of the dump failed"},
                    system_.name + ": " + std::to_string(*ended),
                    {"dump の命令を手で動かして確かめてください", "Run the command of dump by hand"});
      return stream(path, "dump");
    }();
    TRY(env_.disk.remove(path));
    return sample;
  }

  Result<Sample> stream(const std::string& path, const std::string& name) {
    const auto file = TRY(env_.disk.open(path, Disk::Open::read));
    Sha256 digest;
    std::uint64_t bytes = 0;
    TRY(take(TRY(restic_.run(
        {"--json", "backup", "--stdin", "--stdin-filename", name, "--host", "sonae", "--tag", restic_.tag()},
        [&](char* into, std::size_t at_most) -> Result<std::size_t> {
          const std::size_t got = TRY(file->read(into, at_most));
          digest.add({into, got});
          bytes += got;
          return got;
        }))));
    return Sample{.snapshot = report_.snapshot, .files = {{"/" + name, bytes, digest.finish()}}};
  }

  // The backup stands; what cannot be let go is told beside it.
  void let_go(std::int64_t keep) {
    const std::vector<std::string> words{
        "forget",      "--group-by",         "tags",   "--tag", restic_.tag(), "--tag", restic_.sample_tag(),
        "--keep-last", std::to_string(keep), "--prune"};
    if (restic_.run(words)) return;
    // A run that was killed left its lock: only stale ones go.
    static_cast<void>(restic_.run({"unlock"}));
    const auto done = restic_.run(words);
    if (!done) report_.problems.push_back(done.error().in(Language::english));
  }

  Env& env_;
  const std::string& directory_;
  const PlannedSystem& system_;
  Progress& progress_;
  Restic restic_;
  SystemReport report_;
};

}  // namespace

Result<SystemReport> back_up_system(Env& env, const std::string& directory, const PlannedSystem& system,
                                    Progress& progress) {
  return SystemBackup(env, directory, system, progress).run();
}

Result<SystemProof> prove_system(Env& env, const PlannedSystem& system, const std::string& place,
                                 Progress& progress) {
  Restic restic(env, system, progress);
  SystemProof proof;
  const auto newest = [&](const std::string& tag) -> Result<Snapshot> {
    const auto all =
        TRY(from_json_text<std::vector<Snapshot>>(TRY(restic.run({"--json", "snapshots", "--tag", tag}))));
    if (all.empty())
      return fail(ErrorCode::not_found, {"控えがありません", "There is no backup"}, system.label());
    return std::ranges::max(all, {}, &Snapshot::time);
  };
  const Sample sample = TRY(from_json_text<Sample>(
      TRY(restic.run({"dump", TRY(newest(restic.sample_tag())).id, "/" + std::string(kSampleFile)}))));
  proof.made = TRY(newest(restic.tag())).time;
  TRY(restic.run({"check"}));
  std::vector<std::string> words{"restore", sample.snapshot, "--target", place};
  for (const SampledFile& file : sample.files)
    words.insert(words.end(), {"--include", file.path});
  TRY(env.disk.make_directories(place, true));
  if (!sample.files.empty()) TRY(restic.run(std::move(words)));
  for (const SampledFile& file : sample.files) {
    ++proof.files;
    proof.bytes += file.bytes;
    const auto digest = digest_of_file(env, place + file.path);
    if (!digest || *digest != file.digest) proof.differing.push_back(file.path);
  }
  return proof;
}

}  // namespace sonae::vault

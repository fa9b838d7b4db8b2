#include "vault/runner.h"

#include <algorithm>

#include "store/caught.h"
#include "vault/restic.h"

namespace sonae::vault {

namespace {

constexpr std::chrono::seconds kBetweenLooks{5};
constexpr std::int64_t kProofsEvery = std::int64_t{10} * 60'000;  // proofs are looked for at the targets
constexpr std::size_t kProofsLookedAt = 10;

// A target's backups and another system's repository may share a place.
std::string key_of(const PlannedRun& run) {
  return (run.kind == Kind::system ? "system " : "") + run.target;
}

Result<AgeIdentity> read_identity(Env& env, const std::string& path) {
  const Bytes text = TRY(env.disk.read_all(path));
  return AgeIdentity::parse(std::string_view(text).substr(0, text.find_first_of("\r\n")));
}

}  // namespace

// Lets others see how far a run is, and stops it with the runner.
class Runner::Watching final : public Progress {
 public:
  Watching(Runner& runner, Lane lane, const PlannedRun& run) : runner_(runner), lane_(lane) {
    const std::lock_guard lock(runner_.mutex_);
    runner_.running_[lane_] = {run.kind, run.target, runner_.env_.clock.now(), {}, 0, 0};
  }
  ~Watching() override {
    const std::lock_guard lock(runner_.mutex_);
    runner_.running_.erase(lane_);
  }
  void report(const Phrase& step, std::uint64_t done, std::uint64_t total) override {
    const std::lock_guard lock(runner_.mutex_);
    RunningNow& now = runner_.running_[lane_];
    now.step = step;
    now.done = done;
    now.total = total;
  }
  bool stop_requested() const override {
    const std::lock_guard lock(runner_.mutex_);
    return runner_.ending_;
  }

 private:
  Runner& runner_;
  const Lane lane_;
};

std::vector<PlannedRun> runs_of(const Plan& plan) {
  std::vector<PlannedRun> runs;
  for (const PlannedTarget& one : plan.targets)
    runs.push_back({Kind::town, one.to, one.name, one.when, one.priority, one.reach});
  for (const PlannedSystem& one : plan.systems)
    runs.push_back({Kind::system, one.label(), one.name, one.when, one.priority, one.reach});
  for (const PlannedProof& one : plan.proofs)
    runs.push_back({Kind::proof, one.of, one.of, one.when, 0, Reach::near});
  // A proof comes after what it proves.
  std::ranges::stable_sort(
      runs, {}, [](const PlannedRun& run) { return std::pair(run.kind == Kind::proof, run.priority); });
  return runs;
}

Runner::Runner(Env& env, town::Places places, std::string directory)
    : env_(env), places_(std::move(places)), directory_(std::move(directory)) {}

Runner::~Runner() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  for (std::thread& one : threads_)
    one.join();
}

Runner::Lane Runner::lane_of(const PlannedRun& run) {
  return run.kind == Kind::proof ? Lane::proofs : run.reach == Reach::near ? Lane::near : Lane::remote;
}

void Runner::start() {
  for (const Lane lane : {Lane::near, Lane::remote, Lane::proofs})
    threads_.emplace_back([this, lane] { work(lane); });
}

void Runner::work(Lane lane) {
  for (;;) {
    const bool ran = run_one(lane);
    const Instant now = env_.clock.now();
    const bool looks =
        lane == Lane::proofs && (ran || !looked_for_proofs_ || now < *looked_for_proofs_ ||
                                 now.milliseconds - looked_for_proofs_->milliseconds >= kProofsEvery);
    if (looks) {
      looked_for_proofs_ = now;
      if (const auto plan = read_plan(env_, directory_)) look_for_proofs(*plan);
    }
    // A database that fails is the next look's to tell.
    static_cast<void>(store::caught([&]() -> Status {
      if (told_ && (ran || looks)) told_(backup_alarms(env_, directory_));
      return {};
    }));
    std::unique_lock lock(mutex_);
    const auto woken = [this, lane] { return ending_ || !asked_for_[lane].empty(); };
    if (!ran) wake_.wait_for(lock, kBetweenLooks, woken);  // else another one may be due
    if (ending_) return;
  }
}

// The most important run of the lane that is due or was asked for. False where there is none.
bool Runner::run_one(Lane lane) {
  const auto plan = read_plan(env_, directory_);
  if (!plan) return false;  // an alarm tells it
  const BackupState state = read_backup_state(env_, directory_).value_or(BackupState{});
  for (const PlannedRun& one : runs_of(*plan)) {
    if (lane_of(one) != lane) continue;
    const TargetState* const last = state.find(one.kind, one.target);
    bool due = is_due(one.when, last == nullptr ? std::nullopt : std::optional(last->last_tried),
                      last == nullptr ? 0 : last->failures.value_or(0), env_.clock.now());
    {
      const std::lock_guard lock(mutex_);
      due = asked_for_[lane].erase(key_of(one)) > 0 || due;
    }
    if (!due) continue;
    Watching watching(*this, lane, one);
    static_cast<void>(store::caught([&] { return run(one, *plan, watching); }));  // remembered in the state
    return true;
  }
  return false;
}

bool Runner::run_due(Progress& progress) {
  const auto plan = read_plan(env_, directory_);
  if (!plan) return false;
  const BackupState state = read_backup_state(env_, directory_).value_or(BackupState{});
  bool good = true;
  for (const PlannedRun& one : runs_of(*plan)) {
    const TargetState* const last = state.find(one.kind, one.target);
    if (is_due(one.when, last == nullptr ? std::nullopt : std::optional(last->last_tried),
               last == nullptr ? 0 : last->failures.value_or(0), env_.clock.now()))
      good = run(one, *plan, progress).has_value() && good;
  }
  look_for_proofs(*plan);
  return good;
}

Status Runner::run_now(Kind kind, const std::string& target) {
  const Plan plan = TRY(read_plan(env_, directory_));
  const auto runs = runs_of(plan);
  const auto found = std::ranges::find_if(
      runs, [&](const PlannedRun& one) { return one.kind == kind && one.target == target; });
  if (found == runs.end())
    return fail(ErrorCode::not_found, {"予定にありません", "The plan has no such run"}, target);
  {
    const std::lock_guard lock(mutex_);
    asked_for_[lane_of(*found)].insert(key_of(*found));
  }
  wake_.notify_all();
  return {};
}

std::vector<RunningNow> Runner::running() const {
  const std::lock_guard lock(mutex_);
  std::vector<RunningNow> all;
  for (const auto& [lane, now] : running_)
    all.push_back(now);
  return all;
}

Status Runner::run(const PlannedRun& one, const Plan& plan, Progress& progress) {
  if (one.kind == Kind::town) {
    const auto target = std::ranges::find(plan.targets, one.target, &PlannedTarget::to);
    TRY(back_up_to(env_, places_, directory_, one.target, {false, target->keep, target->looks}, progress));
    return {};
  }
  const std::int64_t began = env_.clock.monotonic_microseconds();
  const Status done =
      one.kind == Kind::system
          ? run_system(*std::ranges::find(plan.systems, one.target, &PlannedSystem::label), progress)
          : run_proof(*std::ranges::find(plan.proofs, one.target, &PlannedProof::of), plan, progress);
  if (!done) {
    static_cast<void>(note_failure(env_, directory_, one.kind, one.target, done.error()));
    return done;
  }
  const double seconds = static_cast<double>(env_.clock.monotonic_microseconds() - began) / 1e6;
  return note_success(env_, directory_, one.kind, one.target, seconds, [](TargetState&) {});
}

Status Runner::run_system(const PlannedSystem& system, Progress& progress) {
  const SystemReport report = TRY(back_up_system(env_, directory_, system, progress));
  return note_success(env_, directory_, Kind::system, system.label(), 0, [&](TargetState& state) {
    state.manifest = report.snapshot;
    state.bytes_whole = report.bytes_whole;
    state.bytes_written = report.bytes_written;
    state.problems = report.problems;
  });
}

// A proof that finds the backup wanting is a run that succeeded: the target's alarm tells what it found.
Status Runner::run_proof(const PlannedProof& planned, const Plan& plan, Progress& progress) {
  const AgeIdentity identity = TRY(read_identity(env_, planned.identity_file));
  const SigningKey prover = TRY(prover_key(env_, places_.keys));
  ProofCall call{planned.of, {identity, nullptr}, {}, prover};
  if (planned.systems) call.systems = plan.systems;
  const BackupProof proof = TRY(prove_backup(env_, places_, call, progress));
  if (!planned.reports.empty()) {
    TRY(env_.disk.make_directories(planned.reports, true));
    TRY(env_.disk.write_whole(planned.reports + "/" + compact_time(proof.proven) + ".html",
                              proof_page(proof, prover), true));
  }
  const auto target = TRY(open_target(env_, planned.of, {&prover, &identity}));
  TRY(publish_proof(*target, proof, prover));
  return note_success(env_, directory_, Kind::proof, planned.of, 0,
                      [&](TargetState& state) { state.proof = summary_of("", proof); });
}

// What proving places left at the targets. A target that is away is another alarm's.
void Runner::look_for_proofs(const Plan& plan) {
  for (const PlannedTarget& one : plan.targets) {
    const BackupState state = read_backup_state(env_, directory_).value_or(BackupState{});
    const TargetState* const known = state.find(Kind::town, one.to);
    if (known == nullptr || !known->last_succeeded || !somebody_is_believed(env_, places_.keys, one))
      continue;
    const auto target = open_own_target(env_, places_, directory_, one.to);
    std::vector<std::string> problems;
    const auto proofs =
        target ? read_proofs(**target, kProofsLookedAt, problems) : std::unexpected(target.error());
    if (!proofs) continue;
    const auto newest = std::ranges::find_if(*proofs, [&](const ProofSummary& proof) {
      return is_believed(env_, places_.keys, one, proof.prover);
    });
    if (newest == proofs->end() || (known->proof && known->proof->name == newest->name)) continue;
    static_cast<void>(change_backup_state(env_, directory_, [&](BackupState& changed) {
      for (TargetState& target_state : changed.targets)
        if (target_state.target == one.to && target_state.kind.value_or(Kind::town) == Kind::town)
          target_state.proof = *newest;
    }));
  }
}

}  // namespace sonae::vault

#include "vault/backup_operations.h"

#include <algorithm>
#include <mutex>

#include "vault/facts.h"
#include "vault/plan_change.h"
#include "vault/plan_history.h"

namespace sonae::vault {

namespace {

struct RunProgress {
  Instant since;
  std::string step;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(RunProgress, (), (since, step, done, total))

struct RunStatus {
  Kind kind = Kind::town;
  std::string target;
  std::string name;
  Reach reach = Reach::near;
  std::int64_t priority = 0;
  std::vector<std::string> selected;  // of another system: what is taken
  std::vector<std::string> without;   // of the town: what is left out: "looks"
  std::optional<std::int64_t> keep;
  std::optional<Schedule> when;  // absent where it is made by hand
  std::optional<Instant> last_tried;
  std::optional<Instant> last_succeeded;
  std::optional<Instant> next;  // absent where no plan has it
  std::optional<std::uint64_t> bytes_whole;
  std::optional<std::uint64_t> bytes_written;
  std::optional<double> seconds;
  std::string failure;
  std::optional<RunProgress> running;
  std::optional<ProofSummary> proof;
  bool proofs_expected = false;
};
BOOST_DESCRIBE_STRUCT(RunStatus, (),
                      (kind, target, name, reach, priority, selected, without, keep, when, last_tried,
                       last_succeeded, next, bytes_whole, bytes_written, seconds, failure, running, proof,
                       proofs_expected))

struct AlarmTold {
  AlarmKind kind = AlarmKind::problem;
  bool grave = true;
  std::string target;
  std::string what;
  std::string what_to_do;
};
BOOST_DESCRIBE_STRUCT(AlarmTold, (), (kind, grave, target, what, what_to_do))

struct BackupStatus {
  Instant now;
  std::vector<RunStatus> runs;
  std::vector<AlarmTold> alarms;
};
BOOST_DESCRIBE_STRUCT(BackupStatus, (), (now, runs, alarms))

struct RunRequest {
  Kind kind = Kind::town;
  std::string target;
};
BOOST_DESCRIBE_STRUCT(RunRequest, (), (kind, target))

struct ProofsRequest {
  std::string target;
};
BOOST_DESCRIBE_STRUCT(ProofsRequest, (), (target))
struct ProofsAnswer {
  std::vector<ProofSummary> proofs;  // the newest first
  std::vector<std::string> problems;
};
BOOST_DESCRIBE_STRUCT(ProofsAnswer, (), (proofs, problems))

struct ProofRequest {
  std::string target;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(ProofRequest, (), (target, name))
struct ProofAnswer {
  BackupProof proof;
  bool believed = false;  // the plan names its prover
};
BOOST_DESCRIBE_STRUCT(ProofAnswer, (), (proof, believed))

constexpr std::size_t kMostProofs = 30;

class Pages {
 public:
  Pages(service::TownService& service, Runner& runner)
      : env_(service.town().env()),
        places_(service.town().places()),
        directory_(service.town().directory()),
        access_(service.access()),
        journal_(service.town().journal()),
        runner_(runner) {}

  Result<BackupStatus> status(Language language) const {
    BackupStatus answer;
    answer.now = env_.clock.now();
    const Plan plan = read_plan(env_, directory_).value_or(Plan{});  // an alarm tells what is wrong with it
    const BackupState state = TRY(read_backup_state(env_, directory_));
    for (const PlannedRun& run : runs_of(plan))
      answer.runs.push_back(status_of(run, plan, state.find(run.kind, run.target), language));
    for (const TargetState& one : state.targets) {  // made by hand
      const bool planned = std::ranges::any_of(answer.runs, [&](const RunStatus& run) {
        return run.kind == one.kind.value_or(Kind::town) && run.target == one.target;
      });
      if (!planned && one.kind.value_or(Kind::town) == Kind::town) {
        RunStatus run;
        run.target = run.name = one.target;
        fill(run, one, language);
        answer.runs.push_back(std::move(run));
      }
    }
    for (const Alarm& alarm : backup_alarms(env_, directory_))
      answer.alarms.push_back(
          {alarm.kind, alarm.grave, alarm.target, alarm.what.in(language), alarm.what_to_do.in(language)});
    return answer;
  }

  Result<PlanForm> plan() const { return plan_form(env_, directory_); }
  Result<PlanHistory> plan_changes() const { return plan_history(journal_); }
  // Who changed it stands in the record before it is changed.
  Result<PlanForm> change(const api::Call& call, PlanTable table, const PlanChange& change) const {
    // One at a time: what another has recorded and not yet put in its place has not failed.
    const std::lock_guard lock(changing_);
    tell_of_what_did_not_happen();
    TRY(access_.record_look(call, table == PlanTable::target ? "backup.change_target" : "backup.change_proof",
                            {}));
    std::optional<FactId> recorded;
    const auto record = [&](const PlanDifference& what) -> Status {
      const char* const name = table == PlanTable::target ? "target" : "proof";
      recorded = TRY(append(call.actor.grant, "backup.plan_changed",
                            PlanChanged{journal_.node(), name, what, call.actor.person, change.seen}, {}));
      return {};
    };
    Status changed = change_plan(env_, directory_, table, change, record);
    if (!changed && recorded)
      static_cast<void>(append(call.actor.grant, "backup.plan_not_changed",
                               PlanNotChanged{journal_.node(), changed.error().what.english}, {*recorded}));
    TRY(std::move(changed));
    return plan();
  }
  Status run(const RunRequest& request) const { return runner_.run_now(request.kind, request.target); }

  Result<ProofsAnswer> proofs(const ProofsRequest& request) const {
    TRY(planned(request.target));
    ProofsAnswer answer;
    const auto target = TRY(open_own_target(env_, places_, directory_, request.target));
    answer.proofs = TRY(read_proofs(*target, kMostProofs, answer.problems));
    return answer;
  }

  Result<ProofAnswer> proof(const ProofRequest& request) const {
    const PlannedTarget planned_target = TRY(planned(request.target));
    const std::string folder = std::string(kProofs) + "/";
    // A file of that folder, and no way out of it.
    if (!request.name.starts_with(folder) || request.name.find('/', folder.size()) != std::string::npos ||
        !request.name.ends_with(".json"))
      return fail(ErrorCode::invalid_input, {"証明の名前ではありません", "This is no name of a proof"},
                  "name");
    const auto target = TRY(open_own_target(env_, places_, directory_, request.target));
    ProofAnswer answer;
    answer.proof = TRY(read_proof(*target, request.name));
    answer.believed = is_believed(env_, places_.keys, planned_target, answer.proof.node);
    return answer;
  }

  // A change that was recorded and not made, where a full disk or a lost power kept even that from being
  // told.
  void tell_of_what_did_not_happen() const {
    const auto newest = journal::newest_facts_about(*journal_.reader(), about_this_node(), 1);
    if (newest.empty() || newest.front().header.kind != "backup.plan_changed") return;
    const auto change = newest.front().as<PlanChanged>();
    const auto seen = plan_seen(env_, directory_);
    if (!change || !seen || change->seen != *seen) return;
    // What cannot be written now is tried again next time.
    static_cast<void>(append(GrantId{}, "backup.plan_not_changed",
                             PlanNotChanged{journal_.node(), "The file was still as it had been before"},
                             {newest.front().header.id}));
  }

 private:
  journal::Subject about_this_node() const { return {"backup", journal_.node().text()}; }

  template <class Body>
  Result<FactId> append(const GrantId& grant, std::string kind, const Body& body,
                        std::vector<FactId> supersedes) const {
    journal::Batch batch;
    batch.drafts.push_back(
        journal::draft(journal::Stream::ordinary, std::move(kind), {about_this_node()}, grant, body));
    batch.drafts.back().supersedes = std::move(supersedes);
    return TRY(journal_.append(std::move(batch))).front().fact;
  }

  Result<PlannedTarget> planned(const std::string& target) const {
    const Plan plan = TRY(read_plan(env_, directory_));
    const auto found = std::ranges::find(plan.targets, target, &PlannedTarget::to);
    if (found == plan.targets.end())
      return fail(ErrorCode::not_found, {"予定にない場所です", "The plan has no such target"}, target);
    return *found;
  }

  RunStatus status_of(const PlannedRun& run, const Plan& plan, const TargetState* state,
                      Language language) const {
    RunStatus made;
    made.kind = run.kind;
    made.target = run.target;
    made.name = run.name;
    made.reach = run.reach;
    made.priority = run.priority;
    made.when = run.when;
    if (run.kind == Kind::town) {
      const auto target = std::ranges::find(plan.targets, run.target, &PlannedTarget::to);
      made.keep = target->keep;
      if (!target->looks) made.without.emplace_back(kLooks);
      made.proofs_expected =
          target->proven_within_ms.has_value() || somebody_is_believed(env_, places_.keys, *target);
    } else if (run.kind == Kind::system) {
      const auto system = std::ranges::find(plan.systems, run.target, &PlannedSystem::label);
      made.keep = system->keep;
      made.selected = system->paths;
      for (const std::string& one : {system->dump, system->image})
        if (!one.empty()) made.selected.push_back(one);
    }
    const auto last = state == nullptr ? std::nullopt : std::optional(state->last_tried);
    made.next = std::max(next_due(run.when, last, state == nullptr ? 0 : state->failures.value_or(0)),
                         env_.clock.now());
    if (state != nullptr) fill(made, *state, language);
    for (const RunningNow& now : runner_.running())
      if (now.kind == run.kind && now.target == run.target)
        made.running = {now.since, now.step.in(language), now.done, now.total};
    return made;
  }

  static void fill(RunStatus& run, const TargetState& state, Language language) {
    run.last_tried = state.last_tried;
    run.last_succeeded = state.last_succeeded;
    run.bytes_whole = state.bytes_whole;
    run.bytes_written = state.bytes_written;
    run.seconds = state.seconds;
    run.proof = state.proof;
    if (!state.failure.empty())
      run.failure = language == Language::japanese ? state.failure.front() : state.failure.back();
  }

  Env& env_;
  const town::Places& places_;
  const std::string& directory_;
  access::Access& access_;
  journal::Journal& journal_;
  Runner& runner_;
  mutable std::mutex changing_;
};

}  // namespace

void add_backup_operations(service::TownService& service, Runner& runner, api::Catalogue& catalogue) {
  using api::Call;
  using api::Nothing;
  using enum api::Permission;
  const auto pages = std::make_shared<Pages>(service, runner);
  pages->tell_of_what_did_not_happen();
  catalogue.add(api::operation<Nothing, BackupStatus>(
                    "backup.status", {"控えの様子", "How the backups are"}, maintain,
                    [pages](Call& call, const Nothing&) { return pages->status(call.language); })
                    .openly());
  catalogue.add(api::operation<RunRequest, Nothing>(
                    "backup.run", {"控えを今すぐ取る", "Run a backup of the plan now"}, maintain,
                    [pages](Call&, const RunRequest& request) -> Result<Nothing> {
                      TRY(pages->run(request));
                      return Nothing{};
                    })
                    .writing());
  catalogue.add(api::operation<ProofsRequest, ProofsAnswer>(
      "backup.proofs", {"控えの証明の一覧", "Proofs of a target's backups"}, maintain,
      [pages](Call&, const ProofsRequest& request) { return pages->proofs(request); }));
  catalogue.add(api::operation<ProofRequest, ProofAnswer>(
      "backup.proof", {"控えの証明", "One proof of a backup"}, maintain,
      [pages](Call&, const ProofRequest& request) { return pages->proof(request); }));
  catalogue.add(api::operation<Nothing, PlanForm>(
      "backup.plan", {"控えの予定", "The plan of backups, as it is written"}, maintain,
      [pages](Call&, const Nothing&) { return pages->plan(); }));
  catalogue.add(api::operation<Nothing, PlanHistory>(
      "backup.plan_changes", {"控えの予定の変更", "Changes of the plan of backups"}, maintain,
      [pages](Call&, const Nothing&) { return pages->plan_changes(); }));
  catalogue.add(api::operation<PlanChange, PlanForm>(
                    "backup.change_target",
                    {"控えの場所を変える", "Add, change or remove a target of the plan"}, maintain,
                    [pages](Call& call, const PlanChange& change) {
                      return pages->change(call, PlanTable::target, change);
                    })
                    .writing());
  catalogue.add(api::operation<PlanChange, PlanForm>(
                    "backup.change_proof",
                    {"証明の予定を変える", "Add, change or remove a proof of the plan"}, maintain,
                    [pages](Call& call, const PlanChange& change) {
                      return pages->change(call, PlanTable::proof, change);
                    })
                    .writing());
}

}  // namespace sonae::vault

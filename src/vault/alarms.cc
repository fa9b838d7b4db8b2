#include "vault/alarms.h"

#include <algorithm>

#include "town/reading.h"
#include "vault/backup_state.h"
#include "vault/plan.h"
#include "vault/recovery.h"

namespace sonae::vault {

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kLateByHand = 26 * kHour;          // a nightly backup that was missed
constexpr std::int64_t kDrillOverdue = 100 * 24 * kHour;  // officers type their shares every quarter

void add_key_alarms(Env& env, const std::string& directory, std::vector<Alarm>& alarms) {
  const auto town = town::open_for_reading(env, directory);
  if (!town) return;  // the doctor tells that apart
  const auto connection = town->database->connect();
  const auto keys = recovery_keys(*connection).keys;
  const auto officers = std::ranges::find(keys, Holder::officers, &RecoveryKey::holder);
  if (officers == keys.end())
    return alarms.push_back({false,
                             {"復旧鍵がありません", "there is no recovery key"},
                             {"sonae recovery make で作ってください", "Make one with sonae recovery make"},
                             AlarmKind::key});
  const Instant last = officers->tested.value_or(officers->added);
  if (env.clock.now().milliseconds - last.milliseconds > kDrillOverdue)
    alarms.push_back(
        {false,
         {"分散鍵の確認が" + to_japan_time(last) + "からされていません",
          "the shares were not tested since " + to_japan_time(last)},
         {"sonae recovery test で紙を打ち込んで確かめてください", "Type sheets with sonae recovery test"},
         AlarmKind::key});
}

class Examination {
 public:
  Examination(Env& env, const BackupState& state, std::vector<Alarm>& alarms)
      : now_(env.clock.now()), state_(state), alarms_(alarms) {}

  // `name`: as people call it.
  void look_at(Kind kind, const std::string& target, const std::string& name, std::int64_t late_after) {
    const TargetState* const state = state_.find(kind, target);
    if (state == nullptr) return;  // nothing was due yet
    if (!state->failure.empty())
      failed(*state, name);
    else if (now_.milliseconds - state->last_succeeded.value_or(Instant{}).milliseconds > late_after)
      add(AlarmKind::late, target, name,
          {"予定の時刻を過ぎても、新しいものがありません（最後は " + last_of(*state) + "）",
           "nothing new for longer than planned (last " + last_of(*state) + ")"},
          {"サーバー（sonae serve）か予定が動いているか確かめてください",
           "See whether the server (sonae serve) or the schedule runs"});
    for (const std::string& problem : state->problems)
      alarms_.push_back(
          {false, {name + ": " + problem, name + ": " + problem}, {}, AlarmKind::problem, target});
  }

  void look_at_proof(const PlannedTarget& target) {
    const TargetState* const state = state_.find(Kind::town, target.to);
    if (state == nullptr || !state->last_succeeded) return;
    if (state->proof && !state->proof->good)
      proof_failed(target.to, target.name);
    else if (target.proven_within_ms &&
             (!state->proof ||
              now_.milliseconds - state->proof->proven.milliseconds > *target.proven_within_ms))
      add(AlarmKind::proof_late, target.to, target.name,
          {state->proof ? "控えの証明が " + to_japan_time(state->proof->proven) + " からありません"
                        : "控えの証明がまだありません",
           state->proof ? "no proof since " + to_japan_time(state->proof->proven) : "no proof yet"},
          {"証明の場所の機械が動いているか確かめてください", "See whether the proving place works"});
  }

  // Where the proof is made: a proving place may have no town.
  void look_at_run_of_proof(const PlannedProof& proof) {
    const std::string name = "証明 / proof " + proof.of;
    look_at(Kind::proof, proof.of, name, proof.when.late_after_ms);
    const TargetState* const state = state_.find(Kind::proof, proof.of);
    if (state != nullptr && state->failure.empty() && state->proof && !state->proof->good)
      proof_failed(proof.of, name);
  }

 private:
  void proof_failed(const std::string& target, const std::string& name) {
    add(AlarmKind::proof_failed, target, name,
        {"最後の証明で、控えに欠けが見つかりました", "the newest proof found that the backup is not whole"},
        {"報告を読み、sonae backup DIR --to 場所 --full で全てを新しく書いてください",
         "Read the report, and write all anew with sonae backup DIR --to TARGET --full"});
  }

  static std::string last_of(const TargetState& state) {
    return state.last_succeeded ? to_japan_time(*state.last_succeeded) : "—";
  }

  void failed(const TargetState& state, const std::string& name) {
    const std::string code = state.failure_code.value_or("");
    const auto kind = code == kind_of(ErrorCode::disk_full).name   ? AlarmKind::full
                      : code == kind_of(ErrorCode::not_found).name ? AlarmKind::vanished
                                                                   : AlarmKind::failed;
    const Phrase what_to_do =
        kind == AlarmKind::full
            ? Phrase{"空きを作るか、残す数（keep）を減らしてください。以前の控えは無事です",
                     "Make room, or keep fewer. Earlier backups are whole"}
        : kind == AlarmKind::vanished
            ? Phrase{"ディスクや回線がつながっているか確かめてください。つながれば自動で続きます",
                     "See whether the disk or the line is connected: it then goes on by itself"}
            : Phrase{"原因を除いてください。そのあと自動で、または「今すぐ」でもう一度動きます",
                     "Put it right: it is tried again by itself, or with \"run now\""};
    add(kind, state.target, name,
        {"最後の実行に失敗しました。" + state.failure.front(),
         "the last run failed: " + state.failure.back()},
        what_to_do);
  }

  void add(AlarmKind kind, const std::string& target, const std::string& name, const Phrase& what,
           const Phrase& what_to_do) {
    alarms_.push_back(
        {true, {name + ": " + what.japanese, name + ": " + what.english}, what_to_do, kind, target});
  }

  const Instant now_;
  const BackupState& state_;
  std::vector<Alarm>& alarms_;
};

}  // namespace

std::vector<Alarm> backup_alarms(Env& env, const std::string& directory) {
  std::vector<Alarm> alarms;
  const auto state = read_backup_state(env, directory);
  if (!state) return {{true, state.error().what, state.error().what_to_do, AlarmKind::problem}};
  const auto plan = read_plan(env, directory);
  if (!plan)
    alarms.push_back({true,
                      {plan.error().where + ": " + plan.error().what.japanese,
                       plan.error().where + ": " + plan.error().what.english},
                      plan.error().what_to_do,
                      AlarmKind::plan});
  const bool a_town = env.disk.status(directory + "/town.json").has_value();
  if (a_town && state->targets.empty() && (!plan || plan->targets.empty()))
    alarms.push_back({false,
                      {"控えがありません", "there is no backup"},
                      {"控えの予定（backup.toml）を作るか、sonae backup DIR --to 場所 を毎日動かしてください",
                       "Make a plan of backups (backup.toml), or run sonae backup DIR --to TARGET every day"},
                      AlarmKind::none_yet});
  Examination examination(env, *state, alarms);
  const Plan none;
  const Plan& planned = plan ? *plan : none;
  for (const PlannedTarget& one : planned.targets) {
    examination.look_at(Kind::town, one.to, one.name, one.when.late_after_ms);
    examination.look_at_proof(one);
  }
  for (const PlannedSystem& one : planned.systems)
    examination.look_at(Kind::system, one.label(), one.label(), one.when.late_after_ms);
  for (const PlannedProof& one : planned.proofs)
    examination.look_at_run_of_proof(one);
  for (const TargetState& one : state->targets)  // made by hand, or by a schedule of the operating system
    if (one.kind.value_or(Kind::town) == Kind::town &&
        std::ranges::find(planned.targets, one.target, &PlannedTarget::to) == planned.targets.end())
      examination.look_at(Kind::town, one.target, one.target, kLateByHand);
  if (!a_town) return alarms;
  try {
    add_key_alarms(env, directory, alarms);
  } catch (const store::StoreError& failure) {
    alarms.push_back({true, failure.error().what, failure.error().what_to_do, AlarmKind::key});
  }
  return alarms;
}

}  // namespace sonae::vault

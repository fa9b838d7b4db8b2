#include "vault/backup_state.h"

#include <algorithm>

#include "town/reading.h"
#include "vault/recovery.h"

namespace sonae::vault {

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kLate = 26 * kHour;                // a nightly backup that was missed
constexpr std::int64_t kDrillOverdue = 100 * 24 * kHour;  // officers type their shares every quarter

std::string state_path(const std::string& directory) {
  return directory + "/backups.json";
}

TargetState& state_of(BackupState& state, const std::string& where) {
  const auto found = std::ranges::find(state.targets, where, &TargetState::target);
  if (found != state.targets.end()) return *found;
  state.targets.push_back({where, {}, {}, {}, {}, {}, {}});
  return state.targets.back();
}

// A mount point without its disk is an empty directory.
Status still_there(Target& target, const std::string& where, const TargetState& state) {
  if (!state.last_succeeded || !TRY(target.list(std::string(kManifests))).empty()) return {};
  return fail(ErrorCode::not_found, {"以前の控えが見当たりません", "The earlier backups are not there"},
              where,
              {"ディスクがつながっているか確かめてください。新しく始めるなら --full を付けてください",
               "See whether the disk is connected; to begin anew, say --full"});
}

Result<BackupReport> attempt(Env& env, const town::Places& places, const std::string& directory,
                             const std::string& where, const TargetState& state,
                             const BackupSettings& settings, Progress& progress) {
  const auto target = TRY(open_target(env, where));
  if (!settings.full) TRY(still_there(*target, where, state));
  return back_up(env, places, directory, *target, settings, progress);
}

void add_key_alarms(Env& env, const std::string& directory, std::vector<Alarm>& alarms) {
  const auto town = town::open_for_reading(env, directory);
  if (!town) return;  // the doctor tells that apart
  const auto connection = town->database->connect();
  const auto keys = recovery_keys(*connection).keys;
  const auto officers = std::ranges::find(keys, Holder::officers, &RecoveryKey::holder);
  if (officers == keys.end())
    return alarms.push_back({false,
                             {"復旧鍵がありません", "there is no recovery key"},
                             {"sonae recovery make で作ってください", "Make one with sonae recovery make"}});
  const Instant last = officers->tested.value_or(officers->added);
  if (env.clock.now().milliseconds - last.milliseconds > kDrillOverdue)
    alarms.push_back(
        {false,
         {"分散鍵の確認が" + to_japan_time(last) + "からされていません",
          "the shares were not tested since " + to_japan_time(last)},
         {"sonae recovery test で紙を打ち込んで確かめてください", "Type sheets with sonae recovery test"}});
}

}  // namespace

Result<BackupState> read_backup_state(Env& env, const std::string& directory) {
  auto content = env.disk.read_all(state_path(directory));
  if (!content && content.error().code == ErrorCode::not_found) return BackupState{};
  return from_json_text<BackupState>(TRY(std::move(content)));
}

Result<BackupReport> back_up_to(Env& env, const town::Places& places, const std::string& directory,
                                const std::string& where, const BackupSettings& settings,
                                Progress& progress) {
  TRY(town::read_profile(env, directory));  // a directory without a town gets no state
  auto state = read_backup_state(env, directory).value_or(BackupState{});
  TargetState& target = state_of(state, where);
  auto done = attempt(env, places, directory, where, target, settings, progress);
  target.last_tried = env.clock.now();
  target.failure.clear();
  if (done) {
    target.last_succeeded = target.last_tried;
    target.manifest = done->manifest;
    target.bytes_whole = done->bytes_whole;
    target.problems = done->problems;
  } else {
    target.failure = {done.error().in(Language::japanese), done.error().in(Language::english)};
  }
  const Status noted = env.disk.write_whole(state_path(directory), to_text(to_json(state)) + "\n", true);
  if (done && !noted) return std::unexpected(noted.error());
  return done;
}

std::vector<Alarm> backup_alarms(Env& env, const std::string& directory) {
  std::vector<Alarm> alarms;
  const auto state = read_backup_state(env, directory);
  if (!state) return {{true, state.error().what, state.error().what_to_do}};
  if (state->targets.empty())
    alarms.push_back({false,
                      {"控えがありません", "there is no backup"},
                      {"sonae backup DIR --to 場所 を毎日動かしてください",
                       "Run sonae backup DIR --to TARGET every day"}});
  for (const TargetState& target : state->targets) {
    if (!target.failure.empty())
      alarms.push_back({true,
                        {target.target + ": 最後の控えに失敗しました。" + target.failure.front(),
                         target.target + ": the last backup failed: " + target.failure.back()},
                        {"原因を除いて sonae backup をもう一度動かしてください",
                         "Put it right and run sonae backup again"}});
    else if (env.clock.now().milliseconds - target.last_succeeded.value_or(Instant{}).milliseconds > kLate)
      alarms.push_back(
          {true,
           {target.target + ": 一日以上、控えが取られていません",
            target.target + ": no backup for more than a day"},
           {"予定（systemd や cron）を確かめてください", "See whether the schedule still runs"}});
    for (const std::string& problem : target.problems)
      alarms.push_back({false, {target.target + ": " + problem, target.target + ": " + problem}, {}});
  }
  try {
    add_key_alarms(env, directory, alarms);
  } catch (const store::StoreError& failure) {
    alarms.push_back({true, failure.error().what, failure.error().what_to_do});
  }
  return alarms;
}

}  // namespace sonae::vault

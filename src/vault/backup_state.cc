#include "vault/backup_state.h"

#include <algorithm>
#include <mutex>

#include "town/node_key.h"
#include "town/reading.h"

namespace sonae::vault {

namespace {

std::string state_path(const std::string& directory) {
  return directory + "/backups.json";
}

TargetState& state_of(BackupState& state, Kind kind, const std::string& target) {
  for (TargetState& one : state.targets)
    if (one.kind.value_or(Kind::town) == kind && one.target == target) return one;
  TargetState& made = state.targets.emplace_back();
  made.target = target;
  if (kind != Kind::town) made.kind = kind;
  return made;
}

// A mount point without its disk is an empty directory.
Status still_there(Target& target, const std::string& where, const TargetState* state) {
  const bool used = state != nullptr && state->last_succeeded;
  if (!used || !TRY(target.list(std::string(kManifests))).empty()) return {};
  return fail(ErrorCode::not_found, {"以前の控えが見当たりません", "The earlier backups are not there"},
              where,
              {"ディスクがつながっているか確かめてください。新しく始めるなら --full を付けてください",
               "See whether the disk is connected; to begin anew, say --full"});
}

Result<BackupReport> attempt(Env& env, const town::Places& places, const std::string& directory,
                             const std::string& where, const BackupSettings& settings, Progress& progress) {
  const BackupState state = read_backup_state(env, directory).value_or(BackupState{});
  const auto target = TRY(open_own_target(env, places, directory, where));
  if (!settings.full) TRY(still_there(*target, where, state.find(Kind::town, where)));
  return back_up(env, places, directory, *target, settings, progress);
}

}  // namespace

const TargetState* BackupState::find(Kind kind, const std::string& target) const {
  const auto found = std::ranges::find_if(targets, [&](const TargetState& one) {
    return one.kind.value_or(Kind::town) == kind && one.target == target;
  });
  return found == targets.end() ? nullptr : &*found;
}

Result<BackupState> read_backup_state(Env& env, const std::string& directory) {
  auto content = env.disk.read_all(state_path(directory));
  if (!content && content.error().code == ErrorCode::not_found) return BackupState{};
  return from_json_text<BackupState>(TRY(std::move(content)));
}

Status change_backup_state(Env& env, const std::string& directory,
                           const std::function<void(BackupState&)>& change) {
  static std::mutex one_at_a_time;  // runs of one server end side by side
  const std::lock_guard lock(one_at_a_time);
  BackupState state = read_backup_state(env, directory).value_or(BackupState{});
  change(state);
  return env.disk.write_whole(state_path(directory), to_text(to_json(state)) + "\n", true);
}

Status note_success(Env& env, const std::string& directory, Kind kind, const std::string& target,
                    double seconds, const std::function<void(TargetState&)>& more) {
  return change_backup_state(env, directory, [&](BackupState& state) {
    TargetState& one = state_of(state, kind, target);
    one.last_tried = env.clock.now();
    one.last_succeeded = one.last_tried;
    one.seconds = seconds;
    one.failure.clear();
    one.failure_code.reset();
    one.failures.reset();
    more(one);
  });
}

Status note_failure(Env& env, const std::string& directory, Kind kind, const std::string& target,
                    const Error& error) {
  return change_backup_state(env, directory, [&](BackupState& state) {
    TargetState& one = state_of(state, kind, target);
    one.last_tried = env.clock.now();
    one.failure = {error.in(Language::japanese), error.in(Language::english)};
    one.failure_code = kind_of(error.code).name;
    one.failures = one.failures.value_or(0) + 1;
  });
}

Result<std::unique_ptr<Target>> open_own_target(Env& env, const town::Places& places,
                                                const std::string& directory, const std::string& where) {
  const auto profile = town::read_profile(env, directory);
  if (!profile) return open_target(env, where);  // a proving place
  const town::NodeKey key = TRY(town::find_or_make_node_key(env, places.keys, profile->id, directory));
  return open_target(env, where, {&key.key, nullptr});
}

Result<BackupReport> back_up_to(Env& env, const town::Places& places, const std::string& directory,
                                const std::string& where, const BackupSettings& settings,
                                Progress& progress) {
  TRY(town::read_profile(env, directory));  // a directory without a town gets no state
  const std::int64_t began = env.clock.monotonic_microseconds();
  auto done = attempt(env, places, directory, where, settings, progress);
  if (!done) {
    static_cast<void>(note_failure(env, directory, Kind::town, where, done.error()));
    return done;
  }
  const double seconds = static_cast<double>(env.clock.monotonic_microseconds() - began) / 1e6;
  TRY(note_success(env, directory, Kind::town, where, seconds, [&](TargetState& target) {
    target.manifest = done->manifest;
    target.bytes_whole = done->bytes_whole;
    target.bytes_written = done->bytes_written;
    target.problems = done->problems;
  }));
  return done;
}

}  // namespace sonae::vault

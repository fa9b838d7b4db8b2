// What this node remembers of its backups, in DIR/backups.json: which targets, when they last succeeded, what
// went wrong. From it come the alarms that `sonae backup status` and the doctor show.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "vault/backup.h"

namespace sonae::vault {

struct TargetState {
  std::string target;
  Instant last_tried;
  std::optional<Instant> last_succeeded;
  std::optional<std::string> manifest;
  std::optional<std::uint64_t> bytes_whole;
  std::vector<std::string> failure;  // in Japanese and in English; empty where the last run succeeded
  std::vector<std::string> problems;
};
BOOST_DESCRIBE_STRUCT(TargetState, (),
                      (target, last_tried, last_succeeded, manifest, bytes_whole, failure, problems))

struct BackupState {
  std::vector<TargetState> targets;
};
BOOST_DESCRIBE_STRUCT(BackupState, (), (targets))

Result<BackupState> read_backup_state(Env& env, const std::string& directory);

// Backs up and remembers how it went. not_found where the target has been used and its backups are gone (an
// empty mount point), unless a full one is asked for.
Result<BackupReport> back_up_to(Env& env, const town::Places& places, const std::string& directory,
                                const std::string& where, const BackupSettings& settings, Progress& progress);

struct Alarm {
  bool grave = true;  // else something to be put right in the next days
  Phrase what;
  Phrase what_to_do;
};
// Empty: all is well. Reads the state and the town's recovery keys; nobody's data.
std::vector<Alarm> backup_alarms(Env& env, const std::string& directory);

}  // namespace sonae::vault

// What this node remembers of its runs, in DIR/backups.json: what it protects where, when each last
// succeeded, what went wrong. From it come the alarms (alarms.h). Any thread: every change reads the file
// anew.
#pragma once

#include <boost/describe.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vault/backup.h"
#include "vault/proofs.h"

namespace sonae::vault {

// The town's backups, another system's in a repository of restic, or a proof of a target's backups.
enum class Kind : std::uint8_t { town, system, proof };
BOOST_DESCRIBE_ENUM(Kind, town, system, proof)

struct TargetState {
  std::string target;
  std::optional<Kind> kind;  // town where it is left out
  Instant last_tried;
  std::optional<Instant> last_succeeded;
  std::optional<std::string> manifest;  // of restic: the snapshot
  std::optional<std::uint64_t> bytes_whole;
  std::optional<std::uint64_t> bytes_written;
  std::optional<double> seconds;            // of the last run that succeeded
  std::vector<std::string> failure;         // in Japanese and in English; empty where the last run succeeded
  std::optional<std::string> failure_code;  // the error's stable name
  std::optional<std::int64_t> failures;     // in a row
  std::vector<std::string> problems;
  std::optional<ProofSummary> proof;  // the newest of the target that is to be believed
};
BOOST_DESCRIBE_STRUCT(TargetState, (),
                      (target, kind, last_tried, last_succeeded, manifest, bytes_whole, bytes_written,
                       seconds, failure, failure_code, failures, problems, proof))

struct BackupState {
  std::vector<TargetState> targets;
  std::vector<std::string> told;  // alarms that were told by mail and still stand
  const TargetState* find(Kind kind, const std::string& target) const;
};
BOOST_DESCRIBE_STRUCT(BackupState, (), (targets, told))

Result<BackupState> read_backup_state(Env& env, const std::string& directory);
Status change_backup_state(Env& env, const std::string& directory,
                           const std::function<void(BackupState&)>& change);

// What became of a run. `seconds` it took.
Status note_success(Env& env, const std::string& directory, Kind kind, const std::string& target,
                    double seconds, const std::function<void(TargetState&)>& more);
Status note_failure(Env& env, const std::string& directory, Kind kind, const std::string& target,
                    const Error& error);

// A target as this machine's node calls there.
Result<std::unique_ptr<Target>> open_own_target(Env& env, const town::Places& places,
                                                const std::string& directory, const std::string& where);

// Backs up and remembers how it went. not_found where the target has been used and its backups are gone (an
// empty mount point), unless a full one is asked for.
Result<BackupReport> back_up_to(Env& env, const town::Places& places, const std::string& directory,
                                const std::string& where, const BackupSettings& settings, Progress& progress);

}  // namespace sonae::vault

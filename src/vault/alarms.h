// What is wrong with the backups of a machine, by its plan and what it remembers of its runs: shown on the
// page, by the doctor and `sonae backup status`, and told by mail.
#pragma once

#include <boost/describe.hpp>

#include <string>
#include <vector>

#include "base/env.h"

namespace sonae::vault {

enum class AlarmKind : std::uint8_t {
  none_yet,      // nothing is protected
  late,          // no success for longer than the plan allows
  failed,        // the last run
  full,          // it failed because the target has no space
  vanished,      // it failed because the target or its backups are not there
  problem,       // it succeeded, with something to be put right
  proof_failed,  // the newest proof says that the backup is not whole
  proof_late,    // no good proof for longer than the plan allows
  key,           // the recovery key is missing, or its shares were not tested for long
  plan,          // the plan cannot be read
};
BOOST_DESCRIBE_ENUM(AlarmKind, none_yet, late, failed, full, vanished, problem, proof_failed, proof_late, key,
                    plan)

struct Alarm {
  bool grave = true;  // else something to be put right in the next days
  Phrase what;
  Phrase what_to_do;
  AlarmKind kind = AlarmKind::problem;
  std::string target = {};  // which it is about; empty: the whole
};
// Empty: all is well. Reads the plan, the state and the town's recovery keys; nobody's data. Of a directory
// that is no town (a proving place) likewise.
std::vector<Alarm> backup_alarms(Env& env, const std::string& directory);

}  // namespace sonae::vault

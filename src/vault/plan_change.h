// Changes to DIR/backup.toml one table at a time, as the page makes them: targets and proofs. Everything else
// in the file stays as it is written, byte for byte. Other systems and guests are changed in the file only: a
// system may name a command, and who may sign in to the pages must not thereby run commands on this machine.
#pragma once

#include <boost/describe.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/env.h"

namespace sonae::vault {

// A [[target]] as it is written in the file (docs/backup.md); what is left out there is empty here.
struct TargetForm {
  std::string name;
  std::string to;
  std::string reach;
  std::string every;
  std::string at;
  std::string late_after;
  std::optional<std::int64_t> priority;
  std::optional<std::int64_t> keep;
  std::string proven_within;
  std::vector<std::string> provers;
  std::vector<std::string> without;
};
BOOST_DESCRIBE_STRUCT(TargetForm, (),
                      (name, to, reach, every, at, late_after, priority, keep, proven_within, provers,
                       without))

// A [[proof]] likewise. It names the file of the key that opens the backups, never the key.
struct ProofForm {
  std::string of;
  std::string identity_file;
  std::string reports;
  std::string every;
  std::string at;
  std::string late_after;
  bool systems = false;
};
BOOST_DESCRIBE_STRUCT(ProofForm, (), (of, identity_file, reports, every, at, late_after, systems))

struct PlanForm {
  std::string seen;  // of the file as it is: who changes it says what was seen
  std::vector<TargetForm> targets;
  std::vector<ProofForm> proofs;
  std::vector<std::string> in_file_only;  // names of other systems and guests
};
BOOST_DESCRIBE_STRUCT(PlanForm, (), (seen, targets, proofs, in_file_only))

struct PlanChange {
  std::string seen;
  std::string before;  // `to` of the target or `of` of the proof that is changed; empty: a new one
  std::optional<TargetForm> target;  // what it is from now on. Neither: it goes
  std::optional<ProofForm> proof;
};
BOOST_DESCRIBE_STRUCT(PlanChange, (), (seen, before, target, proof))

enum class PlanTable : std::uint8_t { target, proof };

// What `seen` is of the file as it stands.
Result<std::string> plan_seen(Env& env, const std::string& directory);

// invalid_input where the file cannot be read as a plan: then it is put right by hand.
Result<PlanForm> plan_form(Env& env, const std::string& directory);

// What of a table becomes another: each value as JSON, empty where the key is left out.
struct PlanKeyChange {
  std::string key;
  std::string before;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(PlanKeyChange, (), (key, before, after))

struct PlanDifference {
  std::string before;  // `to` of the target or `of` of the proof; empty: a new one
  std::string after;   // empty: it goes
  std::vector<PlanKeyChange> keys;
};
BOOST_DESCRIBE_STRUCT(PlanDifference, (), (before, after, keys))

// Asked when the change is known to be good and the new file lies ready beside the old one, which is still in
// its place; what fails there ends it.
using RecordOfPlan = std::function<Status(const PlanDifference&)>;

// Puts the new file in the place of the old one, at once or not at all, and forgets how the runs of what went
// were. conflict where somebody has changed it meanwhile, not_found where `before` is not in it,
// invalid_input where the parser of the file refuses the result; the error names table and key. Where
// anything fails the file is as it was. Comments on lines of their own stay, those behind a changed value go.
Status change_plan(Env& env, const std::string& directory, PlanTable table, const PlanChange& change,
                   const RecordOfPlan& record);

}  // namespace sonae::vault

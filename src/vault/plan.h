// The plan of backups of one machine, DIR/backup.toml: which targets get the town's backups and when, which
// other systems are protected with restic, when a proof runs, who is told. It is the machine's own and no
// fact: what it names (mount points, keys, programs) is there on this machine only. docs/backup.md describes
// each key.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/env.h"
#include "vault/schedule.h"

namespace sonae::vault {

// What is far away may be slow: near and remote work side by side, neither waits for the other.
enum class Reach : std::uint8_t { near, remote };
BOOST_DESCRIBE_ENUM(Reach, near, remote)

struct PlannedTarget {
  std::string name;
  std::string to;
  Reach reach = Reach::near;
  Schedule when;
  std::int64_t priority = 0;                     // of what is due at once the lowest number goes first
  std::optional<std::int64_t> keep;              // how many backups stay
  bool looks = true;                             // the record of looks goes there too
  std::vector<std::string> provers;              // whose proofs are believed beside this machine's own
  std::optional<std::int64_t> proven_within_ms;  // alarm where no good proof is younger
};

// One repository of restic with what another system keeps there.
struct PlannedSystem {
  std::string name;
  std::string repository;  // as restic writes it
  std::string password_file;
  std::vector<std::string> paths;  // files and folders
  std::vector<std::string> exclude;
  std::string dump;   // a command of the shell, whose output is the content; or
  std::string image;  // a device or an image's file, read from its beginning to its end
  Reach reach = Reach::near;
  Schedule when;
  std::int64_t priority = 1;
  std::optional<std::int64_t> keep;
  std::string label() const { return name + " → " + repository; }
};

struct PlannedProof {
  std::string of;  // the target
  std::string identity_file;
  std::string reports;  // the folder for its pages; empty: none are written there
  Schedule when;
  bool systems = false;  // samples of the plan's other systems are restored too
};

// A town whose backups this machine keeps, for its nodes to write over sync's port; it cannot read them.
struct Guest {
  std::string name;
  TownId town;
  std::vector<std::string> nodes;    // ids of those that may write
  std::vector<std::string> provers;  // ids of proving places: they may write proofs
  std::string folder;                // is there
  std::uint64_t limit_bytes = 0;
};

struct Plan {
  std::vector<PlannedTarget> targets;
  std::vector<PlannedSystem> systems;
  std::vector<PlannedProof> proofs;
  std::vector<Guest> guests;
  std::vector<std::string> tell;  // addresses of mail that get the alarms
  bool empty() const { return targets.empty() && systems.empty() && proofs.empty(); }
};

// No plan where there is no file. invalid_input names the key.
Result<Plan> read_plan(Env& env, const std::string& directory);
Result<Plan> parse_plan(std::string_view toml, const std::string& where);

}  // namespace sonae::vault

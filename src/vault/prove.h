// Proves a backup by restoring it into emptiness, and comparing what the restored town answers with what the
// living one answered when the backup was made. The report is one page that a mayor can read, signed.
#pragma once

#include "vault/restore.h"

namespace sonae::vault {

struct ProofLine {
  std::string what_japanese, what_english;
  std::string expected;
  std::string restored;
  bool equal = false;
};
BOOST_DESCRIBE_STRUCT(ProofLine, (), (what_japanese, what_english, expected, restored, equal))

struct BackupProof {
  std::string format = "sonae backup proof 1";
  std::string town;
  std::string target;
  Instant proven;
  bool good = false;
  double age_hours = 0;  // of the backup when it was proven: what would be lost at most
  std::vector<ProofLine> lines;
  RestoreReport restore;
};
BOOST_DESCRIBE_STRUCT(BackupProof, (), (format, town, target, proven, good, age_hours, lines, restore))

// Restores below `emptiness`, a directory that exists and is empty; whoever made it removes it.
Result<BackupProof> prove_backup(Env& env, const town::Places& places, const std::string& where,
                                 const std::string& emptiness, const OpeningKey& key,
                                 const RestoreSettings& settings, Progress& progress);

// The page: Japanese first, printable; at its end the proof as JSON in a note that `key` signed.
std::string proof_page(const BackupProof& proof, const TownId& town, const SigningKey& key);

}  // namespace sonae::vault

// Proves a backup by restoring it into emptiness, and comparing what the restored town answers with what the
// living one answered when the backup was made. The report is one page that a mayor can read, signed.
#pragma once

#include "vault/plan.h"
#include "vault/restore.h"

namespace sonae::vault {

struct ProofLine {
  std::string what_japanese, what_english;
  std::string expected;
  std::string restored;
  bool equal = false;
  bool tried = true;  // false: it could not be compared here, and `restored` says why
};
BOOST_DESCRIBE_STRUCT(ProofLine, (), (what_japanese, what_english, expected, restored, equal, tried))

// What the proof itself took.
struct ProofCost {
  double seconds = 0;
  double processor_seconds = 0;  // of this process and of the programs that it ran
  std::uint64_t disk_bytes = 0;  // at its end
};
BOOST_DESCRIBE_STRUCT(ProofCost, (), (seconds, processor_seconds, disk_bytes))

struct BackupProof {
  std::string format = "sonae backup proof 1";
  std::string town;
  std::string target;
  NodeId node;      // of the prover's key, by which it is known
  std::string key;  // base64
  Instant proven;
  bool good = false;
  double age_hours = 0;  // of the backup when it was proven: what would be lost at most
  std::vector<ProofLine> lines;
  std::vector<std::string> failure;  // why it could not be restored at all, in Japanese and in English
  ProofCost cost;
  RestoreReport restore;
};
BOOST_DESCRIBE_STRUCT(BackupProof, (),
                      (format, town, target, node, key, proven, good, age_hours, lines, failure, cost,
                       restore))

struct ProofCall {
  std::string target;
  OpeningKey key;
  RestoreSettings settings;
  const SigningKey& prover;
  std::vector<PlannedSystem> systems = {};  // of whose repositories samples are restored too
};

// Restores below a temporary directory (TMPDIR: on an encrypted disk, with room for the town), and removes
// it. A backup that cannot be restored is a proof as well: one that is not good. An error where the target is
// not there.
Result<BackupProof> prove_backup(Env& env, const town::Places& places, const ProofCall& call,
                                 Progress& progress);

// The lines say what was compared; the digests of all tables stay with who proved.
BackupProof without_digests(BackupProof proof);

// The page: Japanese first, printable; at its end the proof as JSON in a note that `key` signed.
// proof_page.cc
std::string proof_page(const BackupProof& proof, const SigningKey& key);

}  // namespace sonae::vault

// Other systems of the town, protected with restic on the plan of backups: files, the output of a dump's
// command, images of disks. Runs Debian's program restic; each repository and its password are restic's own,
// so that they are restored without Sonae too. Any thread.
//
// After each backup a sample of what it holds is noted beside it, with digests: a second snapshot in the same
// repository (tag <name>-sample). The proof restores the sample and compares.
#pragma once

#include <boost/describe.hpp>

#include "base/progress.h"
#include "vault/plan.h"

namespace sonae::vault {

struct SystemReport {
  std::string snapshot;
  std::uint64_t files = 0;
  std::uint64_t bytes_whole = 0;
  std::uint64_t bytes_written = 0;
  std::vector<std::string> problems;
};
BOOST_DESCRIBE_STRUCT(SystemReport, (), (snapshot, files, bytes_whole, bytes_written, problems))

// not_found where there is no repository: it is never made here, below a mount point whose disk is missing it
// would fill the wrong disk. `directory` is the town's: a dump waits there until it is whole.
Result<SystemReport> back_up_system(Env& env, const std::string& directory, const PlannedSystem& system,
                                    Progress& progress);

struct SystemProof {
  std::optional<Instant> made;  // of the snapshot
  std::uint64_t files = 0;      // of the sample
  std::uint64_t bytes = 0;
  std::vector<std::string> differing;  // places in the sample that came back otherwise, or not at all
};
// Restores the newest snapshot's sample below `place`, which is made and is the caller's to remove; and lets
// restic check the whole repository.
Result<SystemProof> prove_system(Env& env, const PlannedSystem& system, const std::string& place,
                                 Progress& progress);

}  // namespace sonae::vault

// A backup read without Sonae: by the public programs age, tar, zstd and jq, as somebody would who has lost
// Sonae (docs/backup.md, "Without Sonae"), and compared with what Sonae restored from it, to the byte.
#pragma once

#include "base/age.h"
#include "vault/restore.h"

namespace sonae::vault {

struct OutsideReading {
  std::uint64_t facts = 0;
  std::uint64_t blobs = 0;
  std::vector<std::string> differing;  // objects in which they read something else
};

// The objects of the restored backup one after another, below `place`, which is made and is the caller's to
// remove. unsupported where one of the programs is not installed.
Result<OutsideReading> read_outside(Env& env, Target& target, const RestoreReport& restored,
                                    const AgeIdentity& identity, const std::string& town,
                                    const std::string& place);

}  // namespace sonae::vault

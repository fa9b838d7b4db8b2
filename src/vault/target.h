// Where backups lie: a folder of whole files under names of ours, and nothing more, so that a disk, SFTP and
// S3 look alike. One thread at a time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/age.h"
#include "base/env.h"

namespace sonae::vault {

class Target {
 public:
  virtual ~Target() = default;
  // Names in a folder ("objects"), sorted; none where nothing was written there yet. not_found where the
  // target itself is gone: a disk that is not mounted.
  virtual Result<std::vector<std::string>> list(const std::string& folder) = 0;
  virtual Result<Bytes> read(const std::string& name) = 0;  // "objects/..."; not_found where it is not there
  // Afterwards the whole content stands there and stays, whatever happens to the power; or nothing does.
  virtual Status write(const std::string& name, BytesView content) = 0;
  virtual Status remove(const std::string& name) = 0;  // no error where there is none
};

// By what a target that asks knows who calls. Both outlive it.
struct TargetKeys {
  const SigningKey* node = nullptr;       // of this machine: it may write
  const AgeIdentity* recovery = nullptr;  // the backups are encrypted to it: it may read
};

// A directory that exists, "sftp://[user@]host[:port]/folder", "s3+https://host[:port]/bucket/prefix", or
// "node://host:port/NODE/TOWN" (node_target.h). unsupported for other kinds of places.
Result<std::unique_ptr<Target>> open_target(Env& env, const std::string& where, const TargetKeys& keys = {});

}  // namespace sonae::vault

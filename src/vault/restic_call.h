// One run of the program restic against a repository of the plan: what it said, and its errors as ours.
#pragma once

#include "base/child_process.h"
#include "base/private_directory.h"
#include "base/progress.h"
#include "vault/plan.h"

namespace sonae::vault {

class Restic {
 public:
  Restic(Env& env, const PlannedSystem& system, Progress& progress)
      : env_(env), system_(system), progress_(progress) {}

  using Feed = decltype(ProgramCall::feed);
  // What it wrote to its standard output. 3 of a backup (some files could not be read) is no error: see
  // `incomplete`.
  Result<Bytes> run(std::vector<std::string> words, Feed feed = {});
  bool incomplete() const { return incomplete_; }

  // "財務会計": how snapshots of this system are told from others in one repository.
  std::string tag() const;
  std::string sample_tag() const { return tag() + "-sample"; }

 private:
  std::unexpected<Error> refused(const Bytes& errors) const;

  Env& env_;
  const PlannedSystem& system_;
  Progress& progress_;
  PrivateDirectory place_{"restic"};
  bool incomplete_ = false;
};

}  // namespace sonae::vault

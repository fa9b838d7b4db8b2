// Runs the plan of backups (plan.h) of one directory, a town's or a proving place's, as long as it lives:
// what is due, one after another on each of three lanes (near, remote, proofs), so that a slow line holds up
// nothing near. The plan is read anew before each look. Nobody waits for it and it writes no fact. Any
// thread.
#pragma once

#include <boost/describe.hpp>

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "vault/alarms.h"
#include "vault/backup_state.h"
#include "vault/plan.h"

namespace sonae::vault {

// Something of the plan that runs by itself. `target` as in the state (backup_state.h).
struct PlannedRun {
  Kind kind = Kind::town;
  std::string target;
  std::string name;
  Schedule when;
  std::int64_t priority = 0;
  Reach reach = Reach::near;
};
std::vector<PlannedRun> runs_of(const Plan& plan);  // the most important first

// What a run under way tells of itself.
struct RunningNow {
  Kind kind = Kind::town;
  std::string target;
  Instant since;
  Phrase step;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};

class Runner {
 public:
  Runner(Env& env, town::Places places, std::string directory);
  ~Runner();  // stops what runs; what was written stays, and the next run goes on from there

  // Told after each run and look, from the runner's threads, with the alarms that stand now.
  void when_looked(std::function<void(const std::vector<Alarm>&)> told) { told_ = std::move(told); }
  void start();
  // In place of start(), in the calling thread: everything that is due now, once. False where a run failed.
  bool run_due(Progress& progress);

  // Begins it as soon as its lane is free. not_found where the plan has no such run.
  Status run_now(Kind kind, const std::string& target);
  std::vector<RunningNow> running() const;

 private:
  class Watching;
  enum class Lane { near, remote, proofs };
  static Lane lane_of(const PlannedRun& run);

  void work(Lane lane);
  bool run_one(Lane lane);
  Status run(const PlannedRun& one, const Plan& plan, Progress& progress);
  Status run_system(const PlannedSystem& system, Progress& progress);
  Status run_proof(const PlannedProof& proof, const Plan& plan, Progress& progress);
  void look_for_proofs(const Plan& plan);

  Env& env_;
  const town::Places places_;
  const std::string directory_;
  std::function<void(const std::vector<Alarm>&)> told_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;                              // guarded by mutex_
  std::map<Lane, std::set<std::string>> asked_for_;  // targets; guarded by mutex_
  std::map<Lane, RunningNow> running_;               // guarded by mutex_
  std::optional<Instant> looked_for_proofs_;         // of the proofs' lane
  std::vector<std::thread> threads_;
};

}  // namespace sonae::vault

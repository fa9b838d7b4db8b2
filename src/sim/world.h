// The town under simulation, from inside: its machines, what is wrong with each, the sticks that go round.
// history.cc lives through it step by step, troubles.cc breaks things, healing.cc mends them, checks.cc
// compares.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/history.h"
#include "sim/ledger.h"
#include "sim/line.h"
#include "sim/machine.h"
#include "sim/operators.h"
#include "sync/bundle.h"
#include "vault/recovery_key.h"

namespace sonae::sim {

// A machine and what is the matter with it.
struct Seat {
  std::unique_ptr<Machine> machine;
  std::set<Fault> troubles;         // that stand now
  std::vector<std::string> untold;  // operations since it last told anybody
  std::optional<MachineImage> old_copy;
  // Something failed since it last said that all is durable: what it shows of others it may lose again.
  bool unsure = false;
};

// A bundle that somebody carries.
struct Stick {
  Bytes file;
  std::size_t from = 0, to = 0;
  std::uint64_t made_at = 0;  // step
  bool used = false;
  std::vector<std::string> operations;  // whose facts are on it for the first time
};

// A backup on the shelf, and what the machine held then.
struct Kept {
  std::string manifest;
  std::set<FactId> held;
};

class World {
 public:
  World(const HistoryPlan& plan, std::string data_directory);
  HistoryOutcome live();

 private:
  // history.cc
  void go_through();
  void step();
  void somebody_acts(std::size_t index);
  void somebody_does(std::size_t index, const std::optional<std::string>& wanted);
  void note_revoked(std::size_t by);
  void two_exchange(std::size_t one, std::size_t other, Line line);
  Line bad_line(bool lean);                             // towards the kind that this history leans to
  bool write_stick(std::size_t index, std::size_t to);  // whether it was written
  void read_stick();
  void read_stick(Stick& stick, bool damaged);
  void after_exchange(std::size_t index);

  // directing.cc: what this history leans towards
  void lean();
  void bring_about(Fault fault, std::size_t index);
  bool leans_on_sticks() const;
  void prepare(std::size_t index, const std::string& operation);
  void let_wait(std::size_t index);
  void let_fork(std::size_t index);
  void carry_on(std::size_t index);
  void disagree();
  std::optional<std::string> operation_to_try();
  std::size_t machine_to_try();

  // backups.cc
  void prepare_shelf();
  void back_up(std::size_t index);
  void restore(std::size_t index);
  Kept restore_onto(Machine& at);  // the newest backup
  void prove();

  // troubles.cc: what breaks, and how a machine comes up again
  void trouble(std::size_t index);
  void trouble_with_disk(std::size_t index, std::uint64_t which);
  void trouble_with_copies(std::size_t index, std::uint64_t which);
  void set_clock_wrong(std::size_t index);
  void set_up_from(std::size_t index, std::size_t other, bool with_keys);
  void power_cut(std::size_t index);
  void bring_up(std::size_t index);
  void put_back(std::size_t index, std::uint64_t way);
  void replace(std::size_t index);  // the machine is lost: an empty one joins in its place
  void join(std::size_t index);
  void mend(std::size_t index);

  // healing.cc
  void heal();
  bool exchange_all();
  bool settle_nodes();
  std::optional<std::size_t> hall();
  bool knows_itself(std::size_t index);
  bool vouch_for_all();
  void renew(std::size_t index);
  std::vector<std::size_t> members();

  // checks.cc
  void compare(const std::vector<std::size_t>& members);
  void sabotage(const std::vector<std::size_t>& members);
  void check_nothing_overwritten(const std::vector<std::size_t>& members);
  void check_promises(const std::vector<std::size_t>& members);
  void check_authors(std::size_t index);
  std::string dump_of(std::size_t index);
  std::string open_questions_of(std::size_t index);
  void check_soundness(std::size_t index);

  void found(std::string finding);
  // What was found leaves a machine that does not run: the history ends there.
  struct Over {};
  [[noreturn]] void end(std::string finding);
  void note(const std::string& line);  // into the history
  Machine& machine(std::size_t index) { return *seats_[index].machine; }
  std::size_t any_machine() { return dice_.below(seats_.size()); }
  void hear_of_nodes();

  const HistoryPlan plan_;
  const std::string data_;
  SeededRandom dice_;
  People people_;
  std::vector<Seat> seats_;
  std::vector<Stick> sticks_;
  Ledger ledger_;
  HistoryOutcome outcome_;
  std::uint64_t step_ = 0;
  std::uint64_t usual_cost_ = 20;    // of an operation: disk writes and syncs
  Instant now_ = FakeClock::kStart;  // the true time
  const Fault focus_;
  bool preparing_ = false;  // the ground for an operation
  FilesDisk shelf_;
  std::optional<vault::MadeKey> recovery_key_;
  std::vector<Kept> backups_;
  std::set<std::pair<std::size_t, journal::LogId>> taken_over_;
  std::set<NodeId> vouched_;
};

}  // namespace sonae::sim

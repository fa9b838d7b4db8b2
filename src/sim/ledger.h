// What the simulator knows from outside: every fact that any machine ever wrote, what was acknowledged to
// whom, and which machine was told by its disk that it holds a fact durably. The checks compare the nodes
// with it. Used by one thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "journal/reading.h"
#include "sim/machine.h"

namespace sonae::sim {

// Where and when a fact was acknowledged.
struct Promise {
  std::size_t machine = 0;
  std::uint64_t step = 0;
  std::string operation;
};

// One entry of a log as a node holds it.
struct HeldEntry {
  journal::LogId log;
  std::uint64_t position = 0;
  FactId fact;
  Hash content;  // of log, header and the hash of salt and body
};
// Every entry of every log that a node holds from these positions on.
using Positions = std::map<journal::LogId, std::uint64_t>;
std::vector<HeldEntry> entries_held(Machine& machine, Positions& from);

// The facts that stand beside the logs: other histories of logs that forked.
std::set<FactId> facts_in_branches(Machine& machine);

class Ledger {
 public:
  explicit Ledger(std::size_t machines) : machines_(machines) {}

  // What the machine's own logs hold that was not noted yet. `acknowledged`: a person was told that it is
  // done, so it must be there from now on.
  void note_own(std::size_t index, Machine& machine, std::uint64_t step, const std::string& operation,
                bool acknowledged);
  // What the machine took from others, after it said that it has it.
  void note_taken(std::size_t index, Machine& machine);
  // What others hold of this machine's own log it must never lose: it would write other facts in their place.
  void note_given(std::size_t index, const NodeId& own);
  // A receipt that was given: this fact must exist, whoever says so.
  void note_receipt(std::size_t index, std::uint64_t step, const std::string& operation, const FactId& fact);

  // The machine's directory is gone, or is an older one now: what it held and no other machine holds cannot
  // be asked for any more.
  void lost(std::size_t index);
  // It starts anew; which of the facts that it held it lost. What it holds now it must not lose again, where
  // it says that this is durable.
  std::vector<FactId> restarted(std::size_t index, Machine& machine, bool durable);

  const std::map<FactId, Promise>& promises() const { return promises_; }
  bool excused(const FactId& fact) const { return excused_.contains(fact); }
  void excuse(const FactId& fact) { excused_.insert(fact); }
  bool was_written(const HeldEntry& entry) const { return written_.contains(entry.content); }
  std::size_t excused_count() const { return excused_.size(); }
  const std::set<FactId>& held_by(std::size_t index) const { return machines_[index].held; }

 private:
  struct Known {
    Positions own, all;                        // how far was noted
    std::set<FactId> held;                     // durably, as its disk said
    std::map<NodeId, std::set<FactId>> taken;  // by whose log they stand in
  };
  std::vector<Known> machines_;
  std::set<Hash> written_;
  std::map<FactId, Promise> promises_;
  std::set<FactId> excused_;
};

}  // namespace sonae::sim

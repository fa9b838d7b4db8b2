// One history of a town, from a seed: machines that break, lines that lose, people who err; then everything
// is mended, the nodes exchange until there is nothing new, and what they hold is compared.
//
//   const HistoryOutcome outcome = live_through({.seed = 7}, data_directory);
//
// The same plan, the same history to the byte: outcome.digest tells.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "sim/coverage.h"
#include "sim/sabotage.h"

namespace sonae::sim {

struct HistoryPlan {
  std::uint64_t seed = 1;
  std::size_t machines = 6;
  std::uint64_t steps = 150;
  Sabotage sabotage = Sabotage::none;
  std::function<void(const std::string& line)> tell{};  // every step, for who looks for a fault
};

struct HistoryOutcome {
  std::vector<std::string> findings;  // empty: all promises were kept
  std::uint64_t found_at = 0;         // the step of the first finding; `steps` for the last comparison
  Hash digest;                        // of all that happened
  std::uint64_t acknowledged = 0;     // facts
  std::uint64_t gone = 0;             // of these, on machines that were destroyed before they told anybody
  std::uint64_t backups = 0, restores = 0;
  std::uint64_t members = 0;         // nodes that were compared in the end
  std::uint64_t contradictions = 0;  // questions with more than one answer, there and then
  bool sabotaged = false;            // the plan's sabotage found something to break
  Coverage coverage;
};

// The kind of fault that a history leans towards: by its seed, or the one under which its sabotage shows.
Fault focus_of(const HistoryPlan& plan);

HistoryOutcome live_through(const HistoryPlan& plan, const std::string& data_directory);

}  // namespace sonae::sim

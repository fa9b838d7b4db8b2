// The node's own logs as the writer holds them: where each ends, and the edge of its tree. Everything here
// happens within the writer's transaction; a transaction that fails is undone by putting a copy back.
#pragma once

#include <map>
#include <vector>

#include "journal/checkpoint.h"
#include "journal/facts_at_hand.h"
#include "journal/prepared.h"

namespace sonae::journal {

// One log of this node. Copied before each transaction, so small: the frontier has one hash for each bit of
// the size.
struct OwnLog {
  std::int64_t number = 0;        // 0: not in the database yet
  std::uint64_t signed_size = 0;  // of the newest checkpoint
  Frontier frontier;
};

class LogWriter {
 public:
  LogWriter(const Options& options, store::Connection& connection, const Ruling& ruling);

  // The state of all logs, to be put back where a transaction fails.
  using State = std::map<Stream, OwnLog>;
  State state() const { return logs_; }
  void put_back(State state) { logs_ = std::move(state); }

  // Reads where the logs end, checks each tree against its newest checkpoint, and lets the clock follow them.
  Status load(HybridClock& clock);

  // The same anew, where the line to the database was lost and what is here may not be what is there.
  Status load_again();

  // Whether some log of `state` is longer than those here.
  bool is_longer(const State& state) const;
  // Whether the database holds exactly the logs of `state`.
  bool stands(const State& state) const;

  // Writes one batch or, where it is refused, nothing. What was written is added to the facts at hand: the
  // batch outlives them.
  Result<std::vector<Receipt>> write(const PreparedBatch& batch, FactsAtHand& at_hand);

  // Signs the heads of the logs that grew.
  void sign_heads();

 private:
  Result<std::optional<Receipt>> receipt_of_first_time(const PreparedFact& fact);
  Status check(const PreparedBatch& batch);
  Receipt write(const PreparedFact& fact, FactsAtHand& at_hand);
  OwnLog& log_for(Stream stream);

  const Options& options_;
  store::Connection& connection_;
  const Ruling& ruling_;
  NodeId node_;
  HybridClock* clock_ = nullptr;  // set by load
  State logs_;
};

}  // namespace sonae::journal

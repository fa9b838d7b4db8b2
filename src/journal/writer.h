// The writer: one thread writes what waits in the queue, group by group, and a second one syncs the disk and
// gives the receipts, so that the next group is written while the disk syncs the one before.
#pragma once

#include <mutex>
#include <thread>

#include "journal/facts_at_hand.h"
#include "journal/folding.h"
#include "journal/group_queue.h"
#include "journal/log_writer.h"
#include "journal/ready_range.h"
#include "journal/slot.h"
#include "store/postgres.h"

namespace sonae::journal {

class Writer {
 public:
  // `connection` writes and `syncing` makes durable; both belong to the writer from now on.
  Writer(store::Connection& connection, store::Connection& syncing, LogWriter& logs, const Views& views,
         const Blobs& blobs, const Options& options, Ruling& ruling);
  ~Writer();  // writes what waits, then ends
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // What will ring after the batch is done; null where it is done already.
  std::shared_ptr<Bell> put(PreparedBatch batch);
  void listen(Journal::Listener listener);

  // On the caller's thread, between two groups: all of them, or nothing where one is refused. Not durable yet
  // when it returns.
  Status ingest(std::span<const ReadyRange> ranges, HybridClock& clock);

  // Runs `work` on the caller's thread while nothing is written, with the writer's connection.
  template <class Work>
  auto paused(Work work) {
    const std::lock_guard lock(writing_);
    return work(connection_);
  }

 private:
  struct Outcome {
    std::vector<Result<std::vector<Receipt>>> results;  // one for each batch of the group
    std::vector<Subject> touched;
  };

  // A group that stands in the database and waits for the disk.
  struct Written {
    std::vector<PreparedBatch> group;
    std::vector<Outcome> outcomes;
  };

  // One try to commit a group: where it was lost, what would stand in the database if it was not.
  struct Attempt {
    bool asked = false;  // the database was asked to commit
    Outcome outcome;
    LogWriter::State logs;
    Ruling ruling;
  };

  void run();
  void run_syncing();
  Written write(std::vector<PreparedBatch> group);
  void give_receipts(Written written);
  Outcome commit_together(std::span<const PreparedBatch> group);
  bool erase(std::span<const PreparedBatch> group, const Outcome& outcome);
  Outcome try_to_commit(std::span<const PreparedBatch> group, Attempt& attempt);
  bool was_committed(const Attempt& attempt);
  void catch_up();
  void fold(std::span<const Subject> touched, const FactsAtHand& facts);
  void rule_again(std::vector<Subject>& touched);
  std::vector<Subject> touched_by(std::span<const PreparedBatch> group, const Outcome& outcome) const;
  void tell(std::span<const Subject> touched);

  store::Connection& connection_;
  store::RemoteConnection* line_;  // the same where it can be lost, else null
  store::Connection& syncing_;
  LogWriter& logs_;
  const Views& views_;
  const Blobs& blobs_;
  const Options& options_;
  Ruling& ruling_;    // changes only while writing_ is held
  int sessions_ = 0;  // of the line, when logs_ and ruling_ were last what the database holds
  GroupQueue queue_{GroupLimits{}};
  std::mutex writing_;  // held while the connection and the logs are in use
  std::mutex listening_;
  std::vector<Journal::Listener> listeners_;  // guarded by listening_
  Slot<Written> written_;
  std::thread writing_thread_;
  std::thread syncing_thread_;
};

}  // namespace sonae::journal

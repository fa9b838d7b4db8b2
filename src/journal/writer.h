// The writer: its thread commits what waits in the queue, group by group.
#pragma once

#include <mutex>
#include <thread>

#include "journal/group_queue.h"
#include "journal/ingest.h"
#include "journal/log_writer.h"

namespace sonae::journal {

class Writer {
 public:
  Writer(store::Connection& connection, LogWriter& logs, const Views& views, const Blobs& blobs);
  ~Writer();  // writes what waits, then ends
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void put(PreparedBatch batch);
  void listen(Journal::Listener listener);

  // On the caller's thread, between two groups.
  Status ingest(const LogRange& range, const Options& options, HybridClock& clock);

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

  void run();
  void commit(std::vector<PreparedBatch> group);
  Outcome commit_together(std::span<const PreparedBatch> group);
  void fold(std::span<const Subject> touched);
  std::vector<Subject> touched_by(std::span<const PreparedBatch> group, const Outcome& outcome) const;
  void tell(std::span<const Subject> touched);

  store::Connection& connection_;
  LogWriter& logs_;
  const Views& views_;
  const Blobs& blobs_;
  GroupQueue queue_{GroupLimits{}};
  std::mutex writing_;  // held while the connection and the logs are in use
  std::mutex listening_;
  std::vector<Journal::Listener> listeners_;  // guarded by listening_
  std::thread thread_;
};

}  // namespace sonae::journal

// Where batches wait for the writer: bounded, first come first served, taken out in groups.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

#include "journal/prepared.h"

namespace sonae::journal {

// How much one commit takes at most, and how much may wait. A larger group makes one sync serve more facts
// but keeps its callers waiting longer.
struct GroupLimits {
  std::size_t facts = 4096;
  std::size_t bytes = std::size_t{16} << 20;
  std::size_t waiting_bytes = std::size_t{64} << 20;  // who comes then waits until there is room
};

// Any thread puts; one thread takes.
class GroupQueue {
 public:
  explicit GroupQueue(GroupLimits limits) : limits_(limits) {}
  // Moves the batch into the queue; what will ring after it is done. Null where the queue is closed: the
  // batch is as it was.
  std::shared_ptr<Bell> put(PreparedBatch& batch);
  // Waits for batches. Empty: the queue is closed and drained.
  std::vector<PreparedBatch> take_group();
  void close();

 private:
  const GroupLimits limits_;
  std::mutex mutex_;
  std::condition_variable something_waits_;
  std::condition_variable there_is_room_;
  std::deque<PreparedBatch> waiting_;                      // guarded by mutex_
  std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();  // guarded by mutex_; of the group that gathers
  std::size_t waiting_bytes_ = 0;                          // guarded by mutex_
  bool closed_ = false;                                    // guarded by mutex_
};

}  // namespace sonae::journal

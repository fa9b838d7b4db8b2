#include "journal/group_queue.h"

namespace sonae::journal {

std::shared_ptr<Bell> GroupQueue::put(PreparedBatch& batch) {
  std::unique_lock lock(mutex_);
  there_is_room_.wait(lock, [&] { return closed_ || waiting_bytes_ < limits_.waiting_bytes; });
  if (closed_) return nullptr;
  waiting_bytes_ += batch.bytes;
  batch.bell = bell_;
  waiting_.push_back(std::move(batch));
  const bool is_first = waiting_.size() == 1;
  std::shared_ptr<Bell> bell = bell_;
  lock.unlock();
  if (is_first) something_waits_.notify_one();  // without the lock: who is woken wants it at once
  return bell;
}

std::vector<PreparedBatch> GroupQueue::take_group() {
  std::vector<PreparedBatch> group;
  std::unique_lock lock(mutex_);
  something_waits_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
  std::size_t facts = 0;
  std::size_t bytes = 0;
  while (!waiting_.empty() && facts < limits_.facts && bytes < limits_.bytes) {
    facts += waiting_.front().facts.size();
    bytes += waiting_.front().bytes;
    group.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  waiting_bytes_ -= bytes;
  bell_ = std::make_shared<Bell>();
  if (waiting_bytes_ < limits_.waiting_bytes) there_is_room_.notify_all();
  return group;
}

void GroupQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  something_waits_.notify_all();
  there_is_room_.notify_all();
}

}  // namespace sonae::journal

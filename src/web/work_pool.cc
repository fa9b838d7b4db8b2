#include "web/work_pool.h"

#include <algorithm>

namespace sonae::web {

namespace {
constexpr std::chrono::milliseconds kPatience{1};
}

WorkPool::WorkPool(unsigned threads, std::size_t most_waiting)
    : most_waiting_(most_waiting),
      processors_(std::max(1U, std::thread::hardware_concurrency())),
      awake_(threads) {
  for (unsigned index = 0; index < threads; ++index)
    threads_.emplace_back([this] { work(); });
  watcher_ = std::thread([this] { watch(); });
}

WorkPool::~WorkPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  somebody_is_called_.notify_all();
  queue_is_used_.notify_all();
  for (std::thread& thread : threads_)
    thread.join();
  watcher_.join();
}

bool WorkPool::offer(Task&& task) {
  bool calls = false;
  bool tells_watcher = false;
  {
    const std::lock_guard lock(mutex_);
    if (ending_ || queue_.size() >= most_waiting_) return false;
    queue_.push_back({std::move(task), Clock::now()});
    if (awake_ < processors_)
      calls = call_one();
    else
      tells_watcher = !watching_;
  }
  // Without the lock: who is woken wants it at once.
  if (calls) somebody_is_called_.notify_one();
  if (tells_watcher) queue_is_used_.notify_one();
  return true;
}

std::size_t WorkPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

bool WorkPool::call_one() {
  if (asleep_ == 0) return false;
  --asleep_;
  ++awake_;
  ++called_;
  return true;
}

void WorkPool::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (queue_.empty()) {
      if (ending_) return;
      --awake_;
      ++asleep_;
      somebody_is_called_.wait(lock, [this] { return ending_ || called_ > 0; });
      if (called_ > 0) --called_;
      continue;
    }
    Task task = std::move(queue_.front().task);
    queue_.pop_front();
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
  }
}

// Wakes one more thread for each millisecond that the oldest task waits too long.
void WorkPool::watch() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    watching_ = false;
    queue_is_used_.wait(lock, [this] { return ending_ || !queue_.empty(); });
    watching_ = true;
    queue_is_used_.wait_for(lock, kPatience, [this] { return ending_; });
    if (!queue_.empty() && Clock::now() - queue_.front().since >= kPatience && call_one())
      somebody_is_called_.notify_one();
  }
}

}  // namespace sonae::web

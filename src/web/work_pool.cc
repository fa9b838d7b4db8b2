#include "web/work_pool.h"

namespace sonae::web {

WorkPool::WorkPool(unsigned threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  for (unsigned index = 0; index < threads; ++index)
    threads_.emplace_back([this] { work(); });
}

WorkPool::~WorkPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  there_is_work_.notify_all();
  for (std::thread& thread : threads_)
    thread.join();
}

bool WorkPool::offer(Task&& task) {
  {
    const std::lock_guard lock(mutex_);
    if (ending_ || queue_.size() >= most_waiting_) return false;
    queue_.push_back(std::move(task));
  }
  there_is_work_.notify_one();
  return true;
}

std::size_t WorkPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void WorkPool::work() {
  for (;;) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      there_is_work_.wait(lock, [this] { return ending_ || !queue_.empty(); });
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    task();
  }
}

}  // namespace sonae::web

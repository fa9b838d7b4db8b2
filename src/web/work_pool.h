// A few threads for work that may wait for the disk, behind a queue with an end: what does not fit is refused
// at once, so that a flood of requests makes some of them wait elsewhere and none of them wait for ever.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sonae::web {

class WorkPool {
 public:
  using Task = std::move_only_function<void()>;

  WorkPool(unsigned threads, std::size_t most_waiting);
  ~WorkPool();  // finishes what was taken

  // False where the queue is full or the pool is ending; the task is then untouched.
  bool offer(Task&& task);
  std::size_t waiting() const;

 private:
  void work();

  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable there_is_work_;
  std::deque<Task> queue_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace sonae::web

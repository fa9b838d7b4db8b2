// Threads for work that may wait for the disk, behind a queue with an end: what does not fit is refused at
// once, so that a flood of requests makes some of them wait elsewhere and none of them wait for ever.
//
// As many threads are awake as there are processors; the others are woken only when a task has waited for a
// millisecond, because those that are awake wait for the disk. Work that never waits thus costs no change of
// threads for each task.
#pragma once

#include <chrono>
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
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // False where the queue is full or the pool is ending; the task is then untouched.
  bool offer(Task&& task);
  std::size_t waiting() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    Task task;
    Clock::time_point since;
  };

  void work();
  void watch();
  bool call_one();  // the mutex is held; true: somebody_is_called_ is to be rung

  const std::size_t most_waiting_;
  const unsigned processors_;
  mutable std::mutex mutex_;
  std::condition_variable somebody_is_called_;
  std::condition_variable queue_is_used_;
  std::deque<Waiting> queue_;  // this and the following: guarded by mutex_
  unsigned asleep_ = 0;        // without those that are called
  unsigned awake_ = 0;         // or called
  unsigned called_ = 0;        // to wake up, and not yet up
  bool watching_ = false;      // the watcher looks after the queue by itself
  bool ending_ = false;
  std::vector<std::thread> threads_;
  std::thread watcher_;
};

}  // namespace sonae::web

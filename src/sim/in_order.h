// Work that is done by several threads and told in order.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace sonae::sim {

// Calls work(0) ... work(count - 1), so many at once, and tell(i, result) on this thread, by the order of i.
template <class Work, class Tell>
void in_order(std::size_t count, std::size_t at_once, const Work& work, const Tell& tell) {
  using Answer = decltype(work(std::size_t{0}));
  std::mutex mutex;
  std::condition_variable more;
  std::map<std::size_t, Answer> done;  // guarded by mutex
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < at_once; ++i)
    threads.emplace_back([&] {
      for (std::size_t mine = next++; mine < count; mine = next++) {
        Answer answer = work(mine);
        const std::lock_guard lock(mutex);
        done.emplace(mine, std::move(answer));
        more.notify_one();
      }
    });
  for (std::size_t told = 0; told < count; ++told) {
    std::unique_lock lock(mutex);
    more.wait(lock, [&] { return done.contains(told); });
    const auto answer = done.extract(told);
    lock.unlock();
    tell(told, answer.mapped());
  }
}

}  // namespace sonae::sim

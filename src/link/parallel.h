// The same work on many things, on a few threads. Which thread does what has no influence on the results.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace sonae::link {

// Calls work(thread, from, to) until 0..count is done, in blocks, each thread one after another.
template <class Work>
void in_blocks(std::size_t count, std::size_t block, unsigned threads, Work&& work) {
  threads = std::max(1U, std::min<unsigned>(threads, static_cast<unsigned>((count + block - 1) / block)));
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> failed(threads);
  const auto run = [&](unsigned thread) {
    try {
      for (;;) {
        const std::size_t from = next.fetch_add(block);
        if (from >= count) return;
        work(thread, from, std::min(count, from + block));
      }
    } catch (...) {
      failed[thread] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned thread = 1; thread < threads; ++thread)
      others.emplace_back([&run, thread] { run(thread); });
    run(0);
  }
  for (const std::exception_ptr& failure : failed)
    if (failure) std::rethrow_exception(failure);
}

}  // namespace sonae::link

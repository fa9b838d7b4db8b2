// A world for tests and simulations: a clock that is set, randomness from a seed, a disk in memory.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "base/env.h"

namespace sonae {

// Stands still until it is told to move. Any thread.
class FakeClock final : public Clock {
 public:
  // 2026-11-20T23:42:00Z, 08:42 on the 21st in Japan.
  static constexpr Instant kStart{1'795'218'120'000};
  explicit FakeClock(Instant start = kStart) : now_ms_(start.milliseconds) {}
  Instant now() override { return {now_ms_.load()}; }
  std::int64_t monotonic_microseconds() override { return elapsed_us_.load(); }
  void advance_ms(std::int64_t milliseconds) {  // time passes
    now_ms_ += milliseconds;
    elapsed_us_ += milliseconds * 1000;
  }
  void set(Instant now) { now_ms_ = now.milliseconds; }  // somebody sets the clock; no time passes

 private:
  std::atomic<std::int64_t> now_ms_;
  std::atomic<std::int64_t> elapsed_us_{0};
};

// The same numbers for the same seed on every machine (SplitMix64; not for secrets). Any thread.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(char* bytes, std::size_t count) override;
  std::uint64_t next();
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

 private:
  std::mutex mutex_;
  std::uint64_t state_;  // guarded by mutex_
};

// Files and directories in memory. A write beyond `capacity` is refused with disk_full. Any thread.
class MemoryDisk final : public Disk {
 public:
  Result<std::unique_ptr<File>> open(const std::string& path, Open how) override;
  Result<Bytes> read_all(const std::string& path) override;
  Status write_whole(const std::string& path, BytesView content, bool private_file = false) override;
  Result<FileStatus> status(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  Status make_directories(const std::string& path, bool private_directory = false) override;
  Status remove(const std::string& path) override;
  Status rename(const std::string& from, const std::string& to) override;
  Result<std::uint64_t> free_bytes(const std::string& path) override;

  void set_capacity(std::uint64_t bytes);

 private:
  friend class MemoryFile;
  struct Node {
    Bytes content;
    bool is_directory = false;
    std::uint64_t inode = 0;
    std::uint32_t mode = 0;
  };
  Node* find(const std::string& path);
  Status put(const std::string& path, BytesView content, bool append, std::uint32_t mode);
  std::uint64_t used() const;

  std::mutex mutex_;
  std::map<std::string, Node> nodes_;  // guarded by mutex_
  std::uint64_t next_inode_ = 1;
  std::uint64_t capacity_ = std::uint64_t{1} << 40;
};

}  // namespace sonae

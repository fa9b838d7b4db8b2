// The files of a PowerCutDisk: what is there now, what a power cut would leave, and who holds which lock.
#pragma once

#include <sqlite3.h>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "store/power_cut_vfs.h"

namespace sonae::store {

// A change that the next sync makes durable.
struct UnsyncedChange {
  std::uint64_t offset = 0;
  Bytes written;                          // empty where it is a truncation
  std::optional<std::uint64_t> truncate;  // to this size
};

struct DiskFile {
  Bytes now;
  Bytes durable;
  bool exists = true;       // as programs see it
  bool is_durable = false;  // whether its name would survive a cut
  std::vector<UnsyncedChange> unsynced;
  int handles = 0;
  // Of the WAL's index: gone at a cut, and when the last who had the file open has closed it.
  std::vector<std::unique_ptr<std::array<char, 32768>>> shared_memory;
  std::map<const void*, int> locks;  // level by handle
  struct SharedLock {
    int readers = 0;
    const void* writer = nullptr;
  };
  std::array<SharedLock, 8> shared_locks;
};

struct PowerCutDisk::State {
  mutable std::mutex mutex;  // guards all of it
  std::string name;
  sqlite3_vfs vfs{};  // as SQLite knows it
  std::map<std::string, std::shared_ptr<DiskFile>> files;
  std::uint64_t operations = 0;
  std::uint64_t cut_at = UINT64_MAX;
  std::uint64_t fail_at = UINT64_MAX;
  bool failure_lasts = false;
  bool off = false;
  bool lies = false;
  std::uint64_t capacity = UINT64_MAX;
  std::uint64_t random = 1;

  std::uint64_t used() const;
  // Counts one operation: SQLite's result where it must fail, else SQLITE_OK. `during_cut` is set where the
  // power fails in the middle of it.
  int begin_operation(bool& during_cut);
  std::uint64_t next_random();
  void sync_directory();
  // Of what was not synced some sectors reach the disk. The others never will, unless they are written again:
  // what programs see stays the same, and the system holds it for written.
  void fail_to_sync(DiskFile& file);
};

// Applies a change to the content of a file.
void apply_change(Bytes& content, const UnsyncedChange& change);

}  // namespace sonae::store

// What came of a range before its exchange broke off: the entries that stand before its signed head, which
// therefore cannot be verified yet. They wait here, in memory, and the next exchange asks for what follows
// them, so that a line that breaks again and again still brings a long range across. Any thread.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "journal/ingest.h"

namespace sonae::sync {

class Unfinished {
 public:
  struct Entries {
    PublicKey key;
    std::uint64_t first = 0;
    std::vector<journal::LogEntry> entries;
    std::set<Hash> missing;  // blobs that they name and that are not here
  };
  // In place of what was kept of the log before. Not kept where it is too much.
  void keep(const journal::LogId& log, Entries entries);
  // What begins at `first`; it is not here afterwards.
  std::optional<Entries> take(const journal::LogId& log, std::uint64_t first);

 private:
  std::mutex mutex_;
  std::map<journal::LogId, Entries> logs_;  // guarded by mutex_
};

}  // namespace sonae::sync

// Entries of another node's log as they arrive: verified against that node's signed tree head, then stored
// and folded like the node's own.
#pragma once

#include <optional>
#include <vector>

#include "base/sign.h"
#include "journal/fact.h"

namespace sonae::journal {

struct LogEntry {
  Bytes header;
  Bytes salt;  // with the body; both are empty where it was erased
  Bytes body;
  std::optional<Hash> body_hash;  // only where the body was erased
};

// A stretch of a log that ends where a signed tree head stands. Blobs come with the facts that name them,
// never later: a view may read them when it folds.
struct LogRange {
  LogId log;
  PublicKey key;
  std::uint64_t first = 0;  // the position of the first entry
  std::vector<LogEntry> entries;
  Bytes checkpoint;  // signed by `key`; its size is first + number of entries
  std::vector<Bytes> blobs;
};

}  // namespace sonae::journal

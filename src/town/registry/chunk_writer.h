// Stores the chunks of a snapshot: those that are not here yet, each with its fact, acknowledged one by one
// while the next are made. Chunks that were acknowledged stay, whatever happens to the import.
#pragma once

#include <span>
#include <vector>

#include "base/progress.h"
#include "town/registry/file_reader.h"
#include "town/town.h"

namespace sonae::registry {

// Reading, then making chunks; the journal writes on a thread of its own.
inline constexpr unsigned kImportThreads = 2;

struct StoredChunks {
  std::vector<Hash> addresses;   // in the order of ids
  std::int64_t fresh = 0;        // stored and acknowledged by this call
  std::vector<FactId> receipts;  // of the first and the last acknowledged
};

// `lines` in the order of ids. cancelled where the progress asks to stop: what is under way is still awaited.
Result<StoredChunks> store_chunks(town::Town& town, const GrantId& grant, std::string_view layout,
                                  const std::vector<std::string>& columns, std::span<const TakenLine> lines,
                                  unsigned threads, Progress& progress);

}  // namespace sonae::registry

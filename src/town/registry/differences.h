// What is different between two snapshots. Only chunks that are not in both are read.
#pragma once

#include <string>
#include <vector>

#include "town/registry/reports.h"
#include "town/registry/snapshot.h"

namespace sonae::registry {

struct PairDifferences {
  struct One {
    std::string id;
    Change change;
  };
  std::vector<One> all;            // in the order of ids; somebody new is moved_in or born here
  std::vector<std::string> fresh;  // ids that the snapshot before does not have
};

// Vanished is who lived there before and is in the file no more; who had been moved out, died or removed
// before and is no more in the file is no difference: files leave them out after a while. Born is who is new
// and was born after the snapshot before, or up to a month earlier (births are notified within 14 days).
PairDifferences compare(const journal::Blobs& blobs, const Snapshot& before, const Snapshot& after);

DifferenceCounts count(const std::vector<PairDifferences::One>& changes);

// Which items are different. Where the columns are the same, every item that is not the source's bookkeeping;
// else the canonical fields.
std::vector<ChangedItem> changed_items(const Snapshot& before, const std::vector<std::string>& cells_before,
                                       const Snapshot& after, const std::vector<std::string>& cells_after);

}  // namespace sonae::registry

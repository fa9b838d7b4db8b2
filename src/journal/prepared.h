// A batch made ready for the writer in the caller's own thread: everything that can be checked, formatted,
// hashed or compressed without the database is done here, so that the writer only writes.
#pragma once

#include <functional>
#include <memory>

#include "journal/bell.h"
#include "journal/clock.h"
#include "journal/entries.h"
#include "journal/journal.h"

namespace sonae::journal {

struct PreparedFact : EntryToStore {
  Stream stream = Stream::ordinary;
  bool minted_elsewhere = false;  // the draft brought its id: it may be here already
};

struct PreparedBlob {
  Hash address;
  std::uint64_t size = 0;
  Bytes frame;
};

struct PreparedBatch {
  std::vector<PreparedFact> facts;
  std::vector<PreparedBlob> blobs;
  std::vector<FactId> still_valid;
  std::size_t bytes = 0;  // about what it holds in memory and writes
  std::function<void(Result<std::vector<Receipt>>)> done;
  std::shared_ptr<Bell> bell;  // given by the queue; rung when its group is done
};

// invalid_input where a draft could not be written: no kind, text that is not UTF-8, a fact that supersedes
// itself.
Result<PreparedBatch> prepare(Batch batch, const NodeId& node, BytesView town_key, HybridClock& clock,
                              Random& random);

}  // namespace sonae::journal

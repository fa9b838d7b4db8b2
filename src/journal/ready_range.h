// A range of another node's log made ready in the thread of whoever brings it: headers are read, hashes
// computed and blobs compressed there, so that the writer only checks and writes.
#pragma once

#include "journal/entries.h"
#include "journal/ingest.h"
#include "journal/prepared.h"

namespace sonae::journal {

struct ReadyRange {
  LogId log;
  PublicKey key;
  std::uint64_t first = 0;
  std::vector<EntryToStore> entries;
  Bytes checkpoint;
  // Who adds some already compressed has computed their addresses from their contents.
  std::vector<PreparedBlob> blobs;
};

// invalid_input where a header cannot be read. Nothing else is checked yet.
Result<ReadyRange> make_ready(LogRange range, BytesView town_key);

}  // namespace sonae::journal

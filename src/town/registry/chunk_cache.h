// Chunks that were read lately, open: whoever types a search looks into the same few again and again, and
// taking a chunk apart costs a hundred times what finding a line in it does. Any thread.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/hash.h"
#include "journal/blob.h"
#include "town/registry/snapshot.h"

namespace sonae::registry {

// A chunk with the places of its residents' lines. Immutable.
class OpenChunk {
 public:
  // Throws store::StoreError (corrupt) where the content is no chunk.
  OpenChunk(Bytes content, const RowReader& reader);

  // One resident's line (ChunkReader::of_line), as long as the chunk lives; empty where nobody has the id.
  std::string_view line(std::string_view id) const;
  std::size_t bytes() const { return content_.size() + lines_.size() * 64; }

 private:
  Bytes content_;
  std::unordered_map<std::string, std::string_view> lines_;  // by id
};

class ChunkCache {
 public:
  explicit ChunkCache(std::size_t most_bytes = 64U << 20) : most_bytes_(most_bytes) {}

  // A chunk of the snapshot. Addresses are hashes of content, so what is kept never grows old.
  std::shared_ptr<const OpenChunk> open(const journal::Blobs& blobs, const Hash& address,
                                        const Snapshot& snapshot);

 private:
  struct Kept {
    Hash address;
    std::shared_ptr<const OpenChunk> chunk;
  };
  std::size_t most_bytes_;
  std::mutex mutex_;
  std::list<Kept> kept_;  // guarded by mutex_; the last used first
  std::unordered_map<Hash, std::list<Kept>::iterator> by_address_;
  std::size_t bytes_ = 0;
};

}  // namespace sonae::registry

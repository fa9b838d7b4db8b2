#include "town/registry/chunk_cache.h"

#include "town/registry/chunk.h"
#include "town/registry/records.h"
#include "town/registry/row_reader.h"

namespace sonae::registry {

OpenChunk::OpenChunk(Bytes content, const RowReader& reader) : content_(std::move(content)) {
  auto lines = ChunkReader::open(content_);
  if (!lines) throw store::StoreError(lines.error());
  while (lines->next())
    lines_.emplace(trimmed(reader.id(lines->cells())), lines->line());
}

std::string_view OpenChunk::line(std::string_view id) const {
  const auto found = lines_.find(std::string(id));
  return found == lines_.end() ? std::string_view{} : found->second;
}

std::shared_ptr<const OpenChunk> ChunkCache::open(const journal::Blobs& blobs, const Hash& address,
                                                  const Snapshot& snapshot) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_address_.find(address); found != by_address_.end()) {
      kept_.splice(kept_.begin(), kept_, found->second);
      return kept_.front().chunk;
    }
  }
  const auto opened = std::make_shared<const OpenChunk>(read_chunk(blobs, address), *snapshot.reader());
  const std::lock_guard lock(mutex_);
  if (by_address_.contains(address)) return opened;  // another thread was quicker
  kept_.push_front({address, opened});
  by_address_.emplace(address, kept_.begin());
  bytes_ += opened->bytes();
  while (bytes_ > most_bytes_ && kept_.size() > 1) {
    bytes_ -= kept_.back().chunk->bytes();
    by_address_.erase(kept_.back().address);
    kept_.pop_back();
  }
  return opened;
}

}  // namespace sonae::registry

#include "town/registry/snapshot.h"

#include <algorithm>

#include "journal/journal.h"

namespace sonae::registry {

RowReaders::Lent RowReaders::lend(const std::shared_ptr<RowReaders>& readers, const LayoutPtr& layout,
                                  const std::vector<std::string>& columns, Date as_of) {
  {
    const std::lock_guard lock(readers->mutex_);
    if (!readers->free_.empty()) {
      RowReader* const reader = readers->free_.back().release();
      readers->free_.pop_back();
      return {reader, {readers}};
    }
  }
  return {new RowReader(layout, columns, as_of), {readers}};
}

void RowReaders::give_back(RowReader* reader) {
  const std::lock_guard lock(mutex_);
  free_.emplace_back(reader);
}

SnapshotPtr open_snapshot(store::Connection& connection, const journal::Blobs& blobs,
                          const SnapshotRow& row) {
  const auto fact = journal::fact(connection, row.fact);
  if (!fact || fact->erased) return nullptr;
  auto body = fact->as<SnapshotTaken>();
  if (!body) return nullptr;
  const auto toml = blobs.read(body->layout_text);
  if (!toml) return nullptr;
  const auto layout = parse_layout(*toml, body->layout);
  if (!layout) return nullptr;
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->fact = row.fact;
  snapshot->taken = row.taken;
  snapshot->layout = *layout;
  snapshot->chunks.reserve(body->chunks.size());
  for (const Hash& address : body->chunks) {
    auto chunk = chunk_row(connection, address);
    if (!chunk || !blobs.has(address)) return nullptr;
    snapshot->chunks.push_back(std::move(*chunk));
  }
  snapshot->body = std::move(*body);
  return snapshot;
}

Bytes read_chunk(const journal::Blobs& blobs, const Hash& address) {
  auto content = blobs.read(address);
  if (!content)
    throw store::StoreError({ErrorCode::corrupt,
                             {"台帳の塊がありません", "A chunk of the registry is missing"},
                             address.hex(),
                             {"sonae verify で確かめてください", "Check with sonae verify"}});
  return std::move(*content);
}

void for_each_line(std::string_view chunk, const std::function<void(const ChunkReader&)>& visit) {
  auto reader = ChunkReader::open(chunk);
  if (!reader) throw store::StoreError(reader.error());
  while (reader->next())
    visit(*reader);
}

std::optional<std::size_t> chunk_of(const Snapshot& snapshot, std::string_view id) {
  const auto found = std::ranges::partition_point(
      snapshot.chunks, [&](const ChunkRow& chunk) { return compare_ids(chunk.last, id) < 0; });
  if (found == snapshot.chunks.end() || compare_ids(id, found->first) < 0) return std::nullopt;
  return static_cast<std::size_t>(found - snapshot.chunks.begin());
}

}  // namespace sonae::registry

// A snapshot opened for reading: its residents in the order of ids, one of them by id, the file's own order.
//
// Immutable; any thread, each with its own connection.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "town/registry/chunk.h"
#include "town/registry/row_reader.h"
#include "town/registry/view.h"

namespace sonae::registry {

struct Snapshot {
  FactId fact;
  Instant taken;
  SnapshotTaken body;
  LayoutPtr layout;
  std::vector<ChunkRow> chunks;  // beside body.chunks

  std::unique_ptr<RowReader> reader() const {
    return std::make_unique<RowReader>(layout, body.columns, body.as_of);
  }
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

// Absent where the fact, the layout or a chunk is not on this node (it came by sync and is not whole yet).
SnapshotPtr open_snapshot(store::Connection& connection, const journal::Blobs& blobs, const SnapshotRow& row);

// The content of a chunk; throws store::StoreError (corrupt) where it is not here.
Bytes read_chunk(const journal::Blobs& blobs, const Hash& address);

// Passes the residents of a chunk, in order: the cells as written and their chunk line.
void for_each_line(std::string_view chunk, const std::function<void(const ChunkReader&)>& visit);

// Where in `snapshot.chunks` a resident would stand; absent where no chunk spans the id.
std::optional<std::size_t> chunk_of(const Snapshot& snapshot, std::string_view id);

}  // namespace sonae::registry

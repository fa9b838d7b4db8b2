// A snapshot opened for reading: its residents in the order of ids, one of them by id, the file's own order.
//
// Immutable; any thread, each with its own connection.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "town/registry/chunk.h"
#include "town/registry/row_reader.h"
#include "town/registry/view.h"

namespace sonae::registry {

// Readers of one snapshot's rows, made when they are needed and kept: binding a layout to a file's columns
// costs more than reading a row. Any thread.
class RowReaders {
 public:
  struct GiveBack {
    std::shared_ptr<RowReaders> to;
    void operator()(RowReader* reader) const { to->give_back(reader); }
  };
  using Lent = std::unique_ptr<RowReader, GiveBack>;

  static Lent lend(const std::shared_ptr<RowReaders>& readers, const LayoutPtr& layout,
                   const std::vector<std::string>& columns, Date as_of);

 private:
  void give_back(RowReader* reader);
  std::mutex mutex_;
  std::vector<std::unique_ptr<RowReader>> free_;  // guarded by mutex_
};

struct Snapshot {
  FactId fact;
  Instant taken;
  SnapshotTaken body;
  LayoutPtr layout;
  std::vector<ChunkRow> chunks;  // beside body.chunks

  std::shared_ptr<RowReaders> readers = std::make_shared<RowReaders>();

  RowReaders::Lent reader() const { return RowReaders::lend(readers, layout, body.columns, body.as_of); }
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

// Reading current residents out of the chunks.
#include <algorithm>

#include "town/registry/inside.h"
#include "town/registry/records.h"

namespace sonae::registry {
namespace {

using UseCells = std::function<void(const std::vector<std::string_view>&)>;

// One resident's cells in a snapshot.
bool with_cells(ChunkCache& cache, const journal::Blobs& blobs, const Snapshot& snapshot, std::string_view id,
                const UseCells& use) {
  const auto chunk = chunk_of(snapshot, id);
  if (!chunk) return false;
  const auto opened = cache.open(blobs, snapshot.body.chunks[*chunk], snapshot);
  auto line = ChunkReader::of_line(opened->line(id));
  if (!line.next()) return false;
  use(line.cells());
  return true;
}

}  // namespace

std::optional<std::vector<std::string>> Registry::Inside::cells(store::Connection& connection,
                                                                const Snapshot& snapshot,
                                                                std::string_view id) {
  std::optional<std::vector<std::string>> copied;
  with_cells(chunk_cache, blobs(connection), snapshot, id,
             [&](const std::vector<std::string_view>& cells) { copied.emplace(cells.begin(), cells.end()); });
  return copied;
}

bool Registry::Inside::find(
    store::Connection& connection, const State& state, std::string_view id,
    const std::function<void(const ResidentRow&)>& use,
    const std::function<void(const Snapshot&, const std::vector<std::string_view>&)>& use_cells) {
  const auto use_from = [&](const Snapshot& snapshot, Presence presence) {
    return with_cells(chunk_cache, blobs(connection), snapshot, id,
                      [&](const std::vector<std::string_view>& cells) {
                        const auto reader = snapshot.reader();
                        ResidentRow row = reader->row(cells);
                        row.presence = presence;
                        use(row);
                        if (use_cells) use_cells(snapshot, cells);
                      });
  };
  if (!state.current()) return false;
  if (use_from(*state.current(), Presence::present)) return true;
  const Vanished* const vanished = state.vanished_one(id);
  return vanished != nullptr && vanished->is_current() && use_from(*vanished->last, vanished->presence());
}

void Registry::Inside::for_each(store::Connection& connection, const State& state,
                                const std::function<void(const ResidentRow&)>& visit) {
  if (!state.current()) return;
  const Snapshot& current = *state.current();
  const journal::Blobs here = blobs(connection);
  const auto reader = current.reader();
  auto vanished = state.vanished.begin();
  const auto visit_vanished = [&](const Vanished& one) {
    if (!one.is_current()) return;
    with_cells(chunk_cache, here, *one.last, one.id, [&](const std::vector<std::string_view>& cells) {
      const auto their_reader = one.last->reader();
      ResidentRow row = their_reader->row(cells);
      row.presence = one.presence();
      visit(row);
    });
  };
  for (const Hash& address : current.body.chunks) {
    const Bytes content = read_chunk(here, address);
    auto lines = ChunkReader::open(content);
    if (!lines) throw store::StoreError(lines.error());
    while (lines->next()) {
      const ResidentRow& row = reader->row(lines->cells());
      for (; vanished != state.vanished.end() && compare_ids(vanished->id, row.id) < 0; ++vanished)
        visit_vanished(*vanished);
      visit(row);
    }
  }
  for (; vanished != state.vanished.end(); ++vanished)
    visit_vanished(*vanished);
}

}  // namespace sonae::registry

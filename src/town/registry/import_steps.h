// What bringing in a whole file and bringing in mended lines have in common.
#pragma once

#include <string_view>
#include <vector>

#include "town/registry/chunk_writer.h"
#include "town/registry/reports.h"
#include "town/registry/view.h"

namespace sonae::registry {

// Ids in the order in which the file had them.
std::vector<std::string_view> ids_in_file_order(const std::vector<TakenLine>& sorted);
// The same as blobs, one id to a line.
std::vector<Bytes> order_pieces(const std::vector<std::string_view>& ids);

// Records that the snapshot was taken, superseding these; `batch` has the blobs that `body` names. conflict
// where somebody else superseded them meanwhile.
Result<journal::Receipt> record_snapshot(town::Town& town, const GrantId& grant, const SnapshotTaken& body,
                                         journal::Batch batch, const std::vector<SnapshotRow>& superseded);

// Chunks, receipts, warnings and errors; the first hundred of each.
ImportReport report_of(const ReadLines& lines, const StoredChunks& chunks, const journal::Receipt& receipt,
                       Language language);

}  // namespace sonae::registry

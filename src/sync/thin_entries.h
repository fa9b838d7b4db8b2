// Entries of a log as they cross a line: what repeats is said once, and what no compression can make smaller
// (ids, salts, hashes) travels as bytes instead of text. The bytes of header and body come back exactly; an
// entry that is written otherwise than Sonae writes travels as it is. docs/formats.md, "Entries on the line".
#pragma once

#include <vector>

#include "journal/ingest.h"

namespace sonae::sync {

// `level` of zstd, 1 to 19: how much time the smaller size may cost.
Bytes thin(const std::vector<journal::LogEntry>& entries, int level);
// invalid_input where the bytes are not that.
Result<std::vector<journal::LogEntry>> thick(BytesView bytes);

}  // namespace sonae::sync

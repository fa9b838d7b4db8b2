// A stretch of a log as JSON lines, one fact on each: how bundles hold it, for any program to read
// (docs/formats.md, "Bundles").
#pragma once

#include "journal/ingest.h"

namespace sonae::sync {

Bytes segment_text(const journal::LogRange& range);  // without the blobs
// The same bytes again. invalid_input, with the line, where it is no such text.
Result<journal::LogRange> read_segment_text(std::string_view text);

}  // namespace sonae::sync

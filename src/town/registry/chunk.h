// Chunks: a few hundred residents of a snapshot as one blob, every cell as it was written. docs/formats.md,
// "Facts of registry", has the bytes. Pure.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "town/registry/arena.h"

namespace sonae::registry {

// The order of residents in a snapshot: shorter ids first, then by their bytes, so that numbers stand in
// their order whether or not they are filled up with zeros.
inline std::strong_ordering compare_ids(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return one.size() <=> other.size();
  return one.compare(other) <=> 0;
}

// Where a list of ids is cut. Depends on the ids alone: one more or less moves the borders nearby and no
// others. After `least` ids a piece ends with the first whose hash (FNV-1a, folded to 32 bits) has as many
// low zero bits as `zero_bits` says; after `most` in any case.
struct Border {
  std::size_t least, most;
  int zero_bits;
  bool ends_after(std::string_view id);  // to be asked for each id in order
  std::size_t count = 0;
};
// Residents of a chunk: about 300, so that a day's few hundred changes in a city of a million store a sixth
// of it again, and in a town a few chunks.
inline Border chunk_border() {
  return {64, 1024, 8};
}
// Ids of a piece of the file's own order.
inline Border order_border() {
  return {1024, 16384, 12};
}

std::string chunk_head(std::string_view layout, const std::vector<std::string>& columns);

// One resident's line. `exact` are the bytes that stood in the file, where the cells alone do not give them.
void append_resident_line(const std::vector<std::string_view>& cells, std::optional<BytesView> exact,
                          std::string& into);

// Reads a chunk line by line. The text must outlive the reader; cells live until the next call.
class ChunkReader {
 public:
  // corrupt where the text is no chunk.
  static Result<ChunkReader> open(std::string_view text);
  // Of one resident's line, cut out of a chunk: without layout and columns.
  static ChunkReader of_line(std::string_view line) {
    ChunkReader reader(line);
    reader.cells_.reserve(64);
    return reader;
  }

  bool next();  // false at the end; what is not a resident's line throws store::StoreError (corrupt)
  const std::string& layout() const { return layout_; }
  const std::vector<std::string>& columns() const { return columns_; }
  const std::vector<std::string_view>& cells() const { return cells_; }
  std::optional<Bytes> exact() const;
  std::string_view line() const { return line_; }  // as it stands in the chunk, line end included

 private:
  explicit ChunkReader(std::string_view text) : text_(text) {}
  std::string_view text_;
  std::size_t position_ = 0;
  std::string layout_;
  std::vector<std::string> columns_;
  std::vector<std::string_view> cells_;
  std::string_view exact_;  // base64
  std::string_view line_;
  Arena arena_;
};

}  // namespace sonae::registry

#include "journal/frame.h"

#include <zstd.h>

#include <new>

namespace sonae::journal {

namespace {
constexpr int kLevel = 3;  // zstd's own default: fast enough to keep up with a disk
constexpr std::uint64_t kLargest = std::uint64_t{1} << 31;  // a damaged size must not take all memory
}  // namespace

Bytes framed(BytesView content) {
  Bytes frame(ZSTD_compressBound(content.size()), '\0');
  const std::size_t length =
      ZSTD_compress(frame.data(), frame.size(), content.data(), content.size(), kLevel);
  if (ZSTD_isError(length) != 0) throw std::bad_alloc();  // with room enough, only memory can be missing
  frame.resize(length);
  frame.shrink_to_fit();
  return frame;
}

std::optional<Bytes> unframed(BytesView frame, std::uint64_t size) {
  if (size > kLargest || ZSTD_getFrameContentSize(frame.data(), frame.size()) != size) return std::nullopt;
  Bytes content(size, '\0');
  const std::size_t length = ZSTD_decompress(content.data(), content.size(), frame.data(), frame.size());
  if (ZSTD_isError(length) != 0 || length != size) return std::nullopt;
  return content;
}

}  // namespace sonae::journal

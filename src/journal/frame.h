// The stored form of a blob: one zstd frame (RFC 8878).
#pragma once

#include <optional>

#include "base/hash.h"
#include "store/store.h"

namespace sonae::journal {

Bytes framed(BytesView content);
// Absent where it is not one whole frame of `size` bytes of content.
std::optional<Bytes> unframed(BytesView frame, std::uint64_t size);

// Within a write transaction; nothing happens where the address is there already.
void store_blob(store::Connection& connection, const Hash& address, std::uint64_t size, BytesView frame);

}  // namespace sonae::journal

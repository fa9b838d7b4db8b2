// Blobs: large things (chunks of a registry, photographs, PDFs) beside the facts that name them, addressed by
// a keyed hash of their content, so that an address tells nothing to who has not the town's key. Stored
// compressed (zstd).
#pragma once

#include <optional>

#include "base/hash.h"
#include "store/store.h"

namespace sonae::journal {

// Read access within one transaction of one connection; not for several threads.
class Blobs {
 public:
  Blobs(store::Connection& connection, BytesView town_key) : connection_(connection), key_(town_key) {}
  Hash address_of(BytesView content) const { return keyed_hash(key_, content); }
  bool has(const Hash& address) const;
  std::optional<Bytes> read(
      const Hash& address) const;  // absent where it is not here; throws StoreError where damaged
  // Within a write transaction; twice the same content is stored once. Returns the address.
  Hash write(BytesView content) const;

 private:
  store::Connection& connection_;
  Bytes key_;
};

}  // namespace sonae::journal

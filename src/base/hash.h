// Hashes: SHA-256 for everything that others must be able to check, keyed BLAKE2b for addresses that must
// tell nothing.
#pragma once

#include <array>
#include <compare>
#include <initializer_list>

#include "base/bytes.h"

namespace sonae {

struct Hash {
  std::array<char, 32> value{};
  BytesView bytes() const { return {value.data(), value.size()}; }
  std::string hex() const { return to_hex(bytes()); }
  static Result<Hash> from_bytes(BytesView bytes);  // invalid_input unless 32 bytes
  friend auto operator<=>(const Hash&, const Hash&) = default;
};

Hash sha256(BytesView bytes);
Hash sha256(std::initializer_list<BytesView> pieces);  // of the pieces one after another

// SHA-256 of content that arrives in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(BytesView bytes);
  Hash finish();

 private:
  void* context_;
};

// BLAKE2b-256 under a key of 32 bytes.
Hash keyed_hash(BytesView key, BytesView bytes);

}  // namespace sonae

template <>
struct std::hash<sonae::Hash> {
  std::size_t operator()(const sonae::Hash& value) const {
    std::size_t first_bytes;
    __builtin_memcpy(&first_bytes, value.value.data(), sizeof first_bytes);
    return first_bytes;
  }
};

// The Merkle tree of RFC 9162 section 2.1 over a log's leaf hashes: hashing, and the edge of a growing tree.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/hash.h"

namespace sonae::journal {

Hash empty_root();                                        // SHA-256 of nothing
Hash leaf_hash(BytesView header, const Hash& body_hash);  // SHA-256(0x00 || header || body hash)
Hash node_hash(const Hash& left, const Hash& right);      // SHA-256(0x01 || left || right)
Hash body_hash(BytesView salt, BytesView body);           // SHA-256(salt || body)

// A complete subtree of 2^height leaves; number n begins at leaf n * 2^height.
struct Subtree {
  int height = 0;
  std::uint64_t number = 0;
  friend auto operator<=>(const Subtree&, const Subtree&) = default;
};

// The complete subtrees that a tree of `size` leaves falls into, from the left: one for each bit of the size.
std::vector<Subtree> peaks(std::uint64_t size);

// The right edge of a tree that grows: the hashes of its peaks. Adding a leaf costs two hashes on average.
class Frontier {
 public:
  Frontier() = default;
  Frontier(std::uint64_t size, std::vector<Hash> peak_hashes) : size_(size), peaks_(std::move(peak_hashes)) {}

  // Calls `completed` for every subtree of more than one leaf that this leaf completes.
  void add(const Hash& leaf, const std::function<void(const Subtree&, const Hash&)>& completed);
  std::uint64_t size() const { return size_; }
  Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;  // from the left: falling heights
};

}  // namespace sonae::journal

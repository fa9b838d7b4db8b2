// Proofs over a log's tree: that a leaf is in it, and that one tree continues another. The algorithms are
// those of RFC 9162 sections 2.1.3 and 2.1.4; anybody with SHA-256 can check them.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "journal/merkle.h"

namespace sonae::journal {

// Gives the hash of a complete subtree: from memory, or from the tables (stored_hashes in fact_proof.h).
using HashSource = std::function<Hash(const Subtree&)>;

Hash root_of(const HashSource& source, std::uint64_t size);

// The hashes beside the path from leaf `index` to the root of the tree of `size` leaves, from the leaf
// upwards. index < size.
std::vector<Hash> inclusion_proof(const HashSource& source, std::uint64_t index, std::uint64_t size);
bool inclusion_is_proven(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                         std::span<const Hash> proof, const Hash& root);

// The hashes that show that the tree of `second` leaves begins with the tree of `first` leaves.
// first <= second.
std::vector<Hash> consistency_proof(const HashSource& source, std::uint64_t first, std::uint64_t second);
bool consistency_is_proven(std::uint64_t first, const Hash& first_root, std::uint64_t second,
                           const Hash& second_root, std::span<const Hash> proof);

}  // namespace sonae::journal

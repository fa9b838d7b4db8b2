#include "journal/proof.h"

#include <bit>

namespace sonae::journal {

namespace {

// Leaves from `begin` up to but without `end`. Every range that a proof needs begins at a multiple of the
// largest power of two that its size reaches, so it falls into complete subtrees.
struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t size() const { return end - begin; }
  // RFC 9162 section 2.1.1: the largest power of two smaller than the size. Only for a size above one.
  std::uint64_t split() const { return begin + std::bit_floor(size() - 1); }
};

Hash hash_of(const HashSource& source, Range range) {
  if (std::has_single_bit(range.size()) && range.begin % range.size() == 0) {
    const int height = std::countr_zero(range.size());
    return source({height, range.begin >> height});
  }
  const std::uint64_t split = range.split();
  const Hash left = hash_of(source, {range.begin, split});
  return node_hash(left, hash_of(source, {split, range.end}));
}

void add_path(const HashSource& source, std::uint64_t index, Range range, std::vector<Hash>& path) {
  if (range.size() == 1) return;
  const Range left{range.begin, range.split()};
  const Range right{range.split(), range.end};
  add_path(source, index, index < left.end ? left : right, path);
  path.push_back(hash_of(source, index < left.end ? right : left));
}

// SUBPROOF of RFC 9162 section 2.1.4.1: `known` where the reader has the hash of the range already, being the
// root of the first tree.
void add_subproof(const HashSource& source, std::uint64_t first, Range range, bool known,
                  std::vector<Hash>& proof) {
  if (first == range.end) {
    if (!known) proof.push_back(hash_of(source, range));
    return;
  }
  const Range left{range.begin, range.split()};
  const Range right{range.split(), range.end};
  if (first <= left.end) {
    add_subproof(source, first, left, known, proof);
    proof.push_back(hash_of(source, right));
  } else {
    add_subproof(source, first, right, false, proof);
    proof.push_back(hash_of(source, left));
  }
}

}  // namespace

Hash root_of(const HashSource& source, std::uint64_t size) {
  return size == 0 ? empty_root() : hash_of(source, {0, size});
}

std::vector<Hash> inclusion_proof(const HashSource& source, std::uint64_t index, std::uint64_t size) {
  std::vector<Hash> path;
  add_path(source, index, {0, size}, path);
  return path;
}

// RFC 9162 section 2.1.3.2.
bool inclusion_is_proven(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                         std::span<const Hash> proof, const Hash& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Hash hash = leaf;
  for (const Hash& beside : proof) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      hash = node_hash(beside, hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, beside);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

std::vector<Hash> consistency_proof(const HashSource& source, std::uint64_t first, std::uint64_t second) {
  std::vector<Hash> proof;
  if (first > 0 && first < second) add_subproof(source, first, {0, second}, true, proof);
  return proof;
}

// RFC 9162 section 2.1.4.2; the cases of equal and of empty trees, which it leaves out, need no hashes.
bool consistency_is_proven(std::uint64_t first, const Hash& first_root, std::uint64_t second,
                           const Hash& second_root, std::span<const Hash> proof) {
  if (first > second) return false;
  if (first == second) return proof.empty() && first_root == second_root;
  if (first == 0) return proof.empty() && first_root == empty_root();
  std::vector<Hash> path(proof.begin(), proof.end());
  if (std::has_single_bit(first)) path.insert(path.begin(), first_root);
  if (path.empty()) return false;
  std::uint64_t node = first - 1;
  std::uint64_t last = second - 1;
  while ((node & 1) != 0) {
    node >>= 1;
    last >>= 1;
  }
  Hash first_hash = path.front();
  Hash second_hash = path.front();
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      first_hash = node_hash(path[i], first_hash);
      second_hash = node_hash(path[i], second_hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      second_hash = node_hash(second_hash, path[i]);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && first_hash == first_root && second_hash == second_root;
}

}  // namespace sonae::journal

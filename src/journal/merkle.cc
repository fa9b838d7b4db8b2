#include "journal/merkle.h"

#include <bit>

namespace sonae::journal {

namespace {
constexpr std::string_view kLeaf("\x00", 1);
constexpr std::string_view kNode("\x01", 1);
}  // namespace

Hash empty_root() {
  return sha256({});
}
Hash leaf_hash(BytesView header, const Hash& body) {
  return sha256({kLeaf, header, body.bytes()});
}
Hash node_hash(const Hash& left, const Hash& right) {
  return sha256({kNode, left.bytes(), right.bytes()});
}
Hash body_hash(BytesView salt, BytesView body) {
  return sha256({salt, body});
}

std::vector<Subtree> peaks(std::uint64_t size) {
  std::vector<Subtree> found;
  for (int height = 63; height >= 0; --height)
    if ((size >> height & 1) != 0) found.push_back({height, (size >> height) - 1});
  return found;
}

void Frontier::add(const Hash& leaf, const std::function<void(const Subtree&, const Hash&)>& completed) {
  // As in adding one to a binary number: every trailing one bit is a peak that is joined with its neighbour.
  const int joined = std::countr_one(size_);
  Hash hash = leaf;
  for (int height = 1; height <= joined; ++height) {
    hash = node_hash(peaks_.back(), hash);
    peaks_.pop_back();
    completed({height, size_ >> height}, hash);
  }
  peaks_.push_back(hash);
  ++size_;
}

Hash Frontier::root() const {
  if (peaks_.empty()) return empty_root();
  Hash root = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak)
    root = node_hash(*peak, root);
  return root;
}

}  // namespace sonae::journal

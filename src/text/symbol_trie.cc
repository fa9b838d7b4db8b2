#include "text/symbol_trie.h"

#include <algorithm>

namespace sonae::text {

SymbolTrie::SymbolTrie() : nodes_(1), endings_(1), edges_(1024), mask_(1023) {}

SymbolTrie::Node SymbolTrie::add_node() {
  nodes_.push_back(0);
  return static_cast<Node>(nodes_.size() - 1);
}

void SymbolTrie::grow() {
  std::vector<Edge> old(edges_.size() * 2);
  old.swap(edges_);
  mask_ = edges_.size() - 1;
  for (const Edge& edge : old) {
    if (edge.to == kNone) continue;
    std::size_t slot = slot_of(edge.from, edge.symbol);
    while (edges_[slot].to != kNone)
      slot = (slot + 1) & mask_;
    edges_[slot] = edge;
  }
}

SymbolTrie::Node SymbolTrie::extend(Node from, Symbol symbol) {
  if (const Node there = step(from, symbol); there != kNone) return there;
  if (++edge_count_ * 2 > edges_.size()) grow();
  std::size_t slot = slot_of(from, symbol);
  while (edges_[slot].to != kNone)
    slot = (slot + 1) & mask_;
  edges_[slot] = {from, symbol, add_node()};
  return edges_[slot].to;
}

SymbolTrie::Node SymbolTrie::extend(Node from, std::span<const Symbol> symbols) {
  for (const Symbol symbol : symbols)
    from = extend(from, symbol);
  return from;
}

void SymbolTrie::add_ending(Node node, std::uint32_t id, std::uint8_t kind, std::uint8_t doubt) {
  for (std::uint32_t at = nodes_[node]; at != 0; at = endings_[at].next) {
    if (endings_[at].id != id || endings_[at].kind != kind) continue;
    endings_[at].doubt = std::min(endings_[at].doubt, doubt);
    return;
  }
  endings_.push_back({id, kind, doubt, nodes_[node]});
  nodes_[node] = static_cast<std::uint32_t>(endings_.size() - 1);
}

}  // namespace sonae::text

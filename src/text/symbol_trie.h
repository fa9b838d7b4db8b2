// A trie over symbols, its edges in one flat hash table: names of places are found by walking it.
// Built once; afterwards every thread may use it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "text/address_notation.h"

namespace sonae::text {

class SymbolTrie {
 public:
  using Node = std::uint32_t;
  static constexpr Node kNone = 0;

  // What stands at the end of a name. Several may end at one node (府中市 is in two prefectures).
  struct Ending {
    std::uint32_t id = 0;    // of whatever the builder counts
    std::uint8_t kind = 0;   // what the id means
    std::uint8_t doubt = 0;  // 0: the name as it is; the more, the further the spelling is from it
    std::uint32_t next = 0;  // the next ending at the same node; 0 at the last
  };

  SymbolTrie();
  Node new_root() { return add_node(); }
  Node extend(Node from, Symbol symbol);  // adds the edge where there is none
  Node extend(Node from, std::span<const Symbol> symbols);
  void add_ending(Node node, std::uint32_t id, std::uint8_t kind,
                  std::uint8_t doubt);  // once for each id and kind, with the least doubt

  Node step(Node from, Symbol symbol) const {
    for (std::size_t slot = slot_of(from, symbol);; slot = (slot + 1) & mask_) {
      const Edge& edge = edges_[slot];
      if (edge.from == from && edge.symbol == symbol) return edge.to;
      if (edge.to == kNone) return kNone;
    }
  }
  std::uint32_t first_ending(Node node) const { return nodes_[node]; }  // 0: no name ends here
  const Ending& ending(std::uint32_t index) const { return endings_[index]; }
  std::size_t node_count() const { return nodes_.size(); }

 private:
  struct Edge {
    Node from = 0;
    Symbol symbol = 0;
    Node to = kNone;
  };
  std::size_t slot_of(Node from, Symbol symbol) const {
    const std::uint64_t key =
        (std::uint64_t{from} << 32 | symbol) * 0x9E37'79B9'7F4A'7C15u;  // Fibonacci hashing
    return (key >> 32) & mask_;
  }
  Node add_node();
  void grow();

  std::vector<std::uint32_t> nodes_;  // the first ending of each
  std::vector<Ending> endings_;
  std::vector<Edge> edges_;
  std::size_t edge_count_ = 0;
  std::size_t mask_ = 0;
};

}  // namespace sonae::text

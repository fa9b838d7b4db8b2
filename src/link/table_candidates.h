// Which records of one table may be partners of one of another: those that agree in one of the blocks that
// table_blocks.h chose.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "link/table_blocks.h"

namespace sonae::link {

class TableCandidates {
 public:
  TableCandidates(const Spec& spec, const std::vector<Dictionary>& dictionaries, const Table& left,
                  const Table& right, unsigned threads);

  // Records of the right table, rising, each once. `left` is a record of a table with the same dictionaries.
  void find(const ValueNumber* left, std::vector<std::uint32_t>& found) const;

 private:
  std::uint64_t key(std::size_t block, const ValueNumber* record) const;  // 0 where there is none

  const std::vector<Dictionary>& dictionaries_;
  std::vector<Block> blocks_;
  // Entries of one word: 32 bits of the key, then the record; rising. Those of one slice have keys of the
  // same highest bits, and `starts` tells where in it those begin that have the same next bits.
  struct Slice {
    std::vector<std::uint64_t> entries;
    std::vector<std::uint32_t> starts;
    unsigned shift = 0;  // of an entry, to its place in starts
  };
  std::vector<Slice> slices_;
};

}  // namespace sonae::link

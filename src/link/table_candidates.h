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
  struct Entry {
    std::uint64_t key;
    std::uint32_t record;
  };
  std::uint64_t key(std::size_t block, const ValueNumber* record) const;  // 0 where there is none

  const std::vector<Dictionary>& dictionaries_;
  std::vector<Block> blocks_;
  // Entries by key, then by record; those of one slice have keys of the same highest bits.
  std::vector<std::vector<Entry>> slices_;
};

}  // namespace sonae::link

// By which fields records of two tables are brought together. A block is a field, or two of them, whole or by
// their first letters; records that agree in it may be partners and are compared.
//
// Which blocks are taken is reckoned from the tables themselves: what a block costs is how many records agree
// in it by chance, counted on a sample; what it gives is how many partners it finds that the blocks taken
// before it miss, when fields are empty as often as they are here and are now and then wrong.
#pragma once

#include <cstdint>
#include <vector>

#include "link/table.h"

namespace sonae::link {

struct BlockPart {
  std::size_t field = 0;
  std::size_t letters = 0;  // of its beginning; 0: whole
  friend bool operator==(const BlockPart&, const BlockPart&) = default;
};
using Block = std::vector<BlockPart>;  // one or two

// What a record has in a part; 0 where it is empty.
std::uint64_t part_hash(const BlockPart& part, const ValueNumber* record,
                        const std::vector<Dictionary>& dictionaries);
// What a record has in a block; 0 where any part is empty.
std::uint64_t block_hash(const Block& block, const ValueNumber* record,
                         const std::vector<Dictionary>& dictionaries);

// The blocks worth a list, the most useful first. Always the same for the same tables.
std::vector<Block> choose_blocks(const Spec& spec, const std::vector<Dictionary>& dictionaries,
                                 const Table& left, const Table& right);

}  // namespace sonae::link

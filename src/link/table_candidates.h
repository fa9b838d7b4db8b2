// Which records of one table may be partners of one of another: those that share two fields, or one that
// tells people apart by itself. Which pairs of fields are worth a list is reckoned from how often values
// repeat.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "link/table.h"

namespace sonae::link {

class TableCandidates {
 public:
  TableCandidates(const Spec& spec, const std::vector<Dictionary>& dictionaries, const Table& right);

  // Records of the right table, rising, each once. `left` is a record of a table with the same dictionaries.
  void find(const ValueNumber* left, std::vector<std::uint32_t>& found) const;

 private:
  struct Entry {
    std::uint64_t key;
    std::uint32_t record;
  };
  struct Part {  // a field, whole or by its first letters
    std::size_t field;
    std::size_t letters;  // 0: whole
  };
  std::uint64_t part_hash(const Part& part, const ValueNumber* record) const;  // 0 where it is empty
  std::uint64_t key(std::size_t list, const ValueNumber* record) const;        // 0 where there is none

  const Spec& spec_;
  const std::vector<Dictionary>& dictionaries_;
  std::vector<std::vector<Part>> lists_;
  std::vector<Entry> entries_;  // by key, then by record
};

}  // namespace sonae::link

// Entries in the form that linkage reads.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "link/record.h"
#include "town/reception/reception.h"

namespace sonae::matching {

// The rows to be matched, in the order of the sheets. Unnamed companions are left out: nobody can be found.
class Rows {
 public:
  explicit Rows(Date as_of) : as_of_(as_of) {}
  void add(const reception::Entry& entry);

  std::vector<link::Record> records() const;  // valid while the rows are
  std::size_t size() const { return entries_.size(); }
  const EntryId& entry(std::size_t row) const { return entries_[row].entry; }
  const Hash& standing(std::size_t row) const { return entries_[row].standing; }

 private:
  struct Row {
    EntryId entry;
    Hash standing;  // reception::standing_digest
    std::string id;
    std::string family;
    reception::Person person;
    std::optional<int> age;  // as of as_of_
    bool age_is_rough = false, birth_has_two_digits = false;
  };
  Date as_of_;
  std::deque<Row> entries_;
};

}  // namespace sonae::matching

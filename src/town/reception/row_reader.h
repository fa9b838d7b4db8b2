// One row of a list: the persons on it. Rows are given in their order, since a row may say "as above".
// For one thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "town/reception/columns.h"
#include "town/reception/sheet.h"

namespace sonae::reception {

class RowReader {
 public:
  // `as_of`: the day for which ages were written. `today` settles two-digit years.
  RowReader(const Vocabulary& vocabulary, Date as_of, Date today);

  void set_columns(std::vector<Column> columns);
  const std::vector<Column>& columns() const { return columns_; }

  // The rows after this one whose cell for the number of people is empty: merged cells, so that the number is
  // the family's and its members follow.
  void next_row_counts_nobody(bool merged) { people_merged_ = merged; }

  // Fills in the persons of the line and its remarks; sets it aside where nobody can be made out. `line.raw`
  // and `line.line` are set.
  void read(const Cells& row, SheetLine& line);

 private:
  struct Row;
  void read_one(const Cells& row, SheetLine& line);
  void resolve_dittos(Row& row) const;
  std::string name_of(Row& row) const;
  void fill_person(const Row& row, std::size_t index, std::size_t count, Person& person,
                   std::vector<Remark>& remarks) const;
  void fill_birth(std::string_view cell, Person& person, std::vector<Remark>& remarks) const;
  void fill_age(std::string_view cell, Person& person, std::vector<Remark>& remarks) const;
  void take_address_from_above(Row& row, bool same_family) const;

  const Vocabulary& vocabulary_;
  Date as_of_;
  Date today_;
  std::vector<Column> columns_;
  std::size_t period_ = 0;  // columns of one person
  bool people_merged_ = false;

  // What the row above said, for ditto marks and for families that go on.
  std::map<Column, std::string> above_;
  std::string surname_above_;
  std::string family_above_;
};

}  // namespace sonae::reception

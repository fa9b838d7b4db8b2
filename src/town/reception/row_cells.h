// The cells of one person on a row by their columns, with what they took from the rows above. For RowReader
// alone.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "town/reception/row_reader.h"

namespace sonae::reception {

struct RowReader::Row {
  std::map<Column, std::string> cells;  // trimmed; several of one column joined
  std::map<Column, bool> was_ditto;
  std::vector<Remark> remarks;      // of every person on the row
  std::string above;                // "address=串本1;"
  std::vector<std::string> beyond;  // cells that no column names
  std::string name_as_written;      // not trimmed: an indent says that the surname is left out

  const std::string& operator[](Column column) { return cells[column]; }
  std::string get(Column column) const {
    const auto found = cells.find(column);
    return found == cells.end() ? std::string{} : found->second;
  }
  void took(Column column, const std::string& text) {
    above += boost::describe::enum_to_string(column, "") + std::string("=") + text + ";";
  }
};

// Puts words behind the note.
void append_note(std::string& note, std::string_view more);

// A cell as spreadsheets write a number: 70.0 as 70; narrow.
std::string without_decimals(std::string_view cell);

}  // namespace sonae::reception

// A shelter list as it was read: every line as written, and what was understood beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "town/reception/facts.h"
#include "town/reception/vocabulary.h"

namespace sonae::reception {

// One line (or several, where a quoted cell has line breaks) of the file.
struct SheetLine {
  std::uint64_t line = 0;        // where it begins; the first is 1
  std::string raw;               // as written, as UTF-8, without its line end
  std::optional<LineKind> kind;  // absent: a row, with the persons on it
  std::string written_id;        // the list's own number of the row
  std::string above;             // what the row took from rows above: part of who its persons are
  std::string shelter;           // where the row names one; empty: the sheet's
  std::vector<Person> persons;
  std::vector<std::vector<Remark>> remarks_of;  // for each person
  std::vector<Remark> remarks;                  // of lines without persons
};

struct ReadSheet {
  std::string encoding;  // "utf-8", "cp932", ...
  std::vector<Column> columns;
  bool has_header = false;
  std::string shelter;             // what its title says; empty where it says none
  std::optional<Date> written_on;  // likewise
  std::vector<SheetLine> lines;    // all lines with something on them
  std::vector<Remark> remarks;     // of the sheet as a whole

  std::size_t persons() const {
    std::size_t count = 0;
    for (const SheetLine& line : lines)
      count += line.persons.size();
    return count;
  }
};

}  // namespace sonae::reception

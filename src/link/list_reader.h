// CSV files of residents and of list rows as records, in the simple layouts.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.h"
#include "link/record.h"

namespace sonae::link {

// A line that could not be used as it is; what stands in it is not repeated here.
struct BadLine {
  std::string file;
  std::uint64_t line = 0;
  std::string item;  // the column; empty where the whole line is meant
  Phrase what;
};

enum class Layout : std::uint8_t { residents, rows };

// Which column holds what, from the header line. Unknown columns are passed over.
class Columns {
 public:
  // invalid_input where no column that is needed is there: an id, and anything to compare.
  static Result<Columns> read(const std::vector<std::string_view>& header, Layout layout,
                              const std::string& file);

  // The record of a line; what could not be understood is left empty and reported.
  Record record(const std::vector<std::string_view>& cells, Date today, const std::string& file,
                std::uint64_t line, std::vector<BadLine>& bad) const;
  std::size_t width() const { return columns_.size(); }

 private:
  enum Column : std::uint8_t {
    id,
    household,
    name,
    family_name,
    given_name,
    other_name,
    kana,
    sex,
    birth_date,
    age,
    postcode,
    address,
    phone,
    code,
    note,
    kCount
  };
  std::vector<std::uint8_t> columns_;  // Column of each cell, kCount for one that is passed over
};

// The record with texts of its own, in `texts`: cells may lie in the reader's buffer and go with the next
// line.
Record kept(const Record& record, std::deque<std::string>& texts);

}  // namespace sonae::link

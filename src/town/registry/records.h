// Cuts a registry file (UTF-8 text) into records and cells, so that every byte of the file belongs to one
// record: what is cut can be put together again.
//
// Unlike base/csv.h it is told the separator, and a record keeps its line end and the empty lines before it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "town/registry/arena.h"

namespace sonae::registry {

// A cell without the blanks around it. (The full-width space is part of names.)
inline std::string_view trimmed(std::string_view cell) {
  const std::size_t begin = cell.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return cell.substr(begin, cell.find_last_not_of(" \t") - begin + 1);
}

class RecordCutter {
 public:
  enum class Got : std::uint8_t { record, unclosed_quote, too_long, end };

  // `line` is the number of the first line of `content`.
  RecordCutter(std::string_view content, char separator, std::uint64_t line = 1)
      : content_(content), separator_(separator), line_(line) {}

  // The next record; empty lines belong to the record after them. At an unclosed quote the record is that
  // line alone.
  Got next();

  const std::vector<std::string_view>& cells() const {
    return cells_;
  }  // without quotes; until the next call
  std::string_view whole() const {
    return whole_;
  }  // all its bytes, empty lines before and line end included
  std::string_view body() const { return body_; }  // without these
  bool has_quotes() const { return has_quotes_; }
  std::uint64_t line() const { return record_line_; }
  std::uint64_t next_line() const { return line_; }
  std::size_t position() const { return position_; }
  std::string_view rest() const { return content_.substr(position_); }  // after the last record

  static constexpr std::size_t kLongest = std::size_t{1} << 20;

 private:
  Got finish_line_alone(Got why);

  std::string_view content_;
  char separator_;
  std::size_t position_ = 0;
  std::uint64_t line_;
  std::uint64_t record_line_ = 0;
  std::string_view whole_, body_;
  bool has_quotes_ = false;
  std::vector<std::string_view> cells_;
  Arena arena_;
};

// One line of cells; quotes where needed, or all.
void write_record(const std::vector<std::string_view>& cells, char separator, bool quote_all,
                  std::string& into);

}  // namespace sonae::registry

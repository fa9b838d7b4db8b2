// Comma-separated values (RFC 4180): a reader that hands out cells without copying, and a writer.
//
// The whole file is in memory (a registry of a million residents is about 200 MB); cells are views into it,
// or into a buffer of the reader where quotes had to be undone. Text is UTF-8: encodings are undone before
// (text/).
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sonae {

class CsvReader {
 public:
  // `content` must outlive the reader and all cells. A byte-order mark at the front is passed over.
  // The separator is a tab where the first line has tabs and no commas, else a comma.
  explicit CsvReader(std::string_view content);

  // The next record, false at the end. A line with nothing on it is passed over. The cells stay valid until
  // the next call. An unclosed quote is an error of that record; reading goes on with the line after the one
  // where the record began.
  Result<bool> next();

  const std::vector<std::string_view>& cells() const { return cells_; }
  std::uint64_t line() const { return record_line_; }  // where the record began; the first line is 1
  std::string_view raw() const { return raw_; }        // the record as written, without its line end
  std::uint64_t offset() const { return position_; }   // bytes read so far, for progress
  std::uint64_t size() const { return content_.size(); }

 private:
  void add_quoted_cell(std::string_view inside);

  std::string_view content_;
  std::uint64_t position_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t record_line_ = 0;
  char separator_ = ',';
  std::string_view raw_;
  std::vector<std::string_view> cells_;
  std::deque<std::string> unquoted_;
};

// Writes records with the given line end; quotes only where needed.
class CsvWriter {
 public:
  explicit CsvWriter(std::string_view line_end = "\r\n") : line_end_(line_end) {}
  void cell(std::string_view text);
  void end_record();
  void record(const std::vector<std::string>& cells);
  std::string& text() { return text_; }  // what was written so far; may be taken away by the caller

 private:
  std::string text_;
  std::string_view line_end_;
  bool at_start_ = true;
};

// For files that a spreadsheet will open: a cell that begins with = + - @ tab or return is a formula there.
// Such a cell gets an apostrophe before it. (Round trips must not use this.)
std::string spreadsheet_safe(std::string_view cell);

}  // namespace sonae

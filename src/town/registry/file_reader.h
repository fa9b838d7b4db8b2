// A registry file as it came: decoded, its form and columns found, its lines read and checked by a layout.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "text/encoding.h"
#include "town/registry/facts.h"
#include "town/registry/layout.h"
#include "town/registry/problem.h"
#include "town/registry/row_reader.h"

namespace sonae::registry {

// What is known of a file before its lines are read. Views into the bytes that it was opened with, or into
// `decoded`.
struct OpenedFile {
  LayoutPtr layout;
  std::vector<std::string> columns;
  FileForm form;
  text::Encoding encoding = text::Encoding::utf8;
  text::Decoded decoded;  // not used where the bytes are UTF-8 already
  std::string_view text;  // the whole file as UTF-8 without its mark
  std::size_t body = 0;   // where the first resident's line begins in it
  std::uint64_t body_line = 1;
};

// Finds the layout by the header unless one is named. Errors say what is wrong with the file as a whole:
// empty, a spreadsheet or another binary file, no layout for its header, a column that is required and lacks.
Result<std::unique_ptr<OpenedFile>> open_file(BytesView bytes, const std::vector<LayoutPtr>& layouts,
                                              const std::optional<std::string>& layout_name);

// A resident's line that was taken.
struct TakenLine {
  std::string_view id;
  std::string_view line;             // of a chunk
  std::string_view whole;            // in the file's text
  std::uint64_t household_hash = 0;  // 0: none
  std::uint32_t number = 0;          // in the file's order
  std::uint32_t file_line = 0;
  bool lives_here = true;
};

// A line that was not.
struct RefusedLine {
  std::uint64_t file_line = 0;
  Bytes bytes;  // as they stood in the file, line end included
  std::vector<Problem> problems;
};
BOOST_DESCRIBE_STRUCT(RefusedLine, (), (file_line, bytes, problems))

struct Warning {
  std::uint64_t file_line = 0;
  Problem problem;
};

struct ReadLines {
  std::vector<TakenLine> taken;  // in the order of ids
  bool in_order_of_ids = true;   // the file's own order is that too
  std::vector<RefusedLine> refused;
  std::vector<Warning> warnings;  // the first hundred
  std::int64_t warnings_total = 0;
  std::vector<FileProtection> protections;
  SnapshotCounts counts;
  std::vector<std::unique_ptr<Arena>> memory;  // of the texts above
};

// Reads all lines on `threads` threads, and completes the file's form. cancelled where the progress asks to
// stop.
Result<ReadLines> read_lines(OpenedFile& file, Date as_of, unsigned threads, Progress& progress);

// The bytes of a piece of the file's text, as they stood in the file.
Bytes bytes_of(const OpenedFile& file, std::string_view piece);

}  // namespace sonae::registry

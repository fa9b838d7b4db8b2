// Lines of files that could not be used as they are, as commands answer them.
#pragma once

#include <boost/describe.hpp>

#include <string>
#include <vector>

#include "link/list_reader.h"

namespace sonae::app {

struct BadLineRow {
  std::string file;
  std::int64_t line = 0;
  std::string item;
  std::string problem;
};
BOOST_DESCRIBE_STRUCT(BadLineRow, (), (file, line, item, problem))

// The first hundred.
inline std::vector<BadLineRow> rows_of(const std::vector<link::BadLine>& bad_lines, Language language) {
  std::vector<BadLineRow> rows;
  for (const link::BadLine& bad : bad_lines) {
    if (rows.size() == 100) break;
    rows.push_back({bad.file, static_cast<std::int64_t>(bad.line), bad.item, bad.what.in(language)});
  }
  return rows;
}

}  // namespace sonae::app

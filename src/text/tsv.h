// Tables of data/ and of vendors: lines of cells between tabs, '#' at the front for a comment. No quoting.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace sonae::text {

using TsvCells = std::vector<std::string_view>;

// Calls visit(cells, line) for every line with something on it; the first line is 1. A byte-order mark and
// CRLF are passed over. Stops where visit answers false, and answers whether it came to the end.
template <class Visit>
bool for_each_tsv_row(std::string_view text, Visit visit) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  TsvCells cells;
  for (std::uint64_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    std::string_view row = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (row.empty() || row.front() == '#') continue;
    cells.clear();
    for (;;) {
      const std::size_t tab = row.find('\t');
      cells.push_back(row.substr(0, tab));
      if (tab == std::string_view::npos) break;
      row.remove_prefix(tab + 1);
    }
    if (!visit(cells, line)) return false;
  }
  return true;
}

}  // namespace sonae::text

#include "town/reception/ditto.h"

#include <algorithm>
#include <array>

#include "town/reception/cell.h"

namespace sonae::reception {

namespace {

constexpr std::array<std::string_view, 24> kWholeCell{
    "〃",   "″",    "\"",       "”",        "“",    "''", "’’", "´´", "々",   "〻", "仝",   "同",
    "同上", "同じ", "上に同じ", "上と同じ", "同前", "ゝ", "ヽ", "↑",  "\"\"", "､､", "〃〃", "〟"};
// What may stand before something else without being part of a word.
constexpr std::array<std::string_view, 7> kBefore{"〃", "″", "”", "“", "仝", "\"", "〟"};
constexpr std::array<std::string_view, 3> kBeforeSpace{"同上", "同", "々"};

// How a quotation mark stands in its line: alone in its cell, or otherwise.
bool alone_in_cell(std::string_view line, std::size_t at) {
  const bool begins = at == 0 || line[at - 1] == ',' || line[at - 1] == '\t';
  const bool ends = at + 1 == line.size() || line[at + 1] == ',' || line[at + 1] == '\t';
  return begins && ends;
}

bool all_quotes_alone(std::string_view line) {
  for (std::size_t at = line.find('"'); at != std::string_view::npos; at = line.find('"', at + 1))
    if (!alone_in_cell(line, at)) return false;
  return line.find('"') != std::string_view::npos;
}

std::string_view take_line(std::string_view& content) {
  const std::size_t end = content.find('\n');
  std::string_view line = content.substr(0, end);
  content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
  return line;
}

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// A quotation may rightly begin with a line break; then the next line that has a quotation mark has one that
// closes it: an odd number of them, not alone in its cell.
bool next_line_closes(std::string_view rest) {
  while (!rest.empty()) {
    const std::string_view line = without_return(take_line(rest));
    if (line.find('"') == std::string_view::npos) continue;
    return std::ranges::count(line, '"') % 2 == 1 && !all_quotes_alone(line);
  }
  return false;
}

}  // namespace

bool is_ditto(std::string_view cell) {
  cell = trim(cell);
  return std::ranges::find(kWholeCell, cell) != kWholeCell.end();
}

std::size_t ditto_before(std::string_view cell) {
  for (const std::string_view mark : kBefore)
    if (cell.starts_with(mark) && !trim(cell.substr(mark.size())).empty()) return mark.size();
  for (const std::string_view mark : kBeforeSpace) {
    if (!cell.starts_with(mark)) continue;
    const std::string_view rest = cell.substr(mark.size());
    if (!trim(rest).empty() && trim(rest).data() != rest.data()) return mark.size();
  }
  return 0;
}

std::string mend_ditto_quotes(std::string_view content) {
  std::string mended;
  mended.reserve(content.size() + content.size() / 64);
  bool inside = false;  // a quoted cell that began on an earlier line
  while (!content.empty()) {
    const bool has_end = content.find('\n') != std::string_view::npos;
    const std::string_view whole = take_line(content);
    const std::string_view line = without_return(whole);
    const bool odd = std::ranges::count(line, '"') % 2 == 1;
    const bool open_at_end = line.ends_with('"');
    if (!inside && all_quotes_alone(line) && !(odd && open_at_end && next_line_closes(content))) {
      for (const char byte : whole)
        mended.append(byte == '"' ? "\"\"\"\"" : std::string_view(&byte, 1));
    } else {
      mended.append(whole);
      if (odd) inside = !inside;
    }
    if (has_end) mended += '\n';
  }
  return mended;
}

}  // namespace sonae::reception

#include "link/csv_pieces.h"

#include <algorithm>

namespace sonae::link {
namespace {

constexpr std::size_t kSmallest = 1U << 20;  // bytes that are worth a thread of their own

std::uint64_t count_of(std::string_view text, char wanted) {
  std::uint64_t count = 0;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1))
    ++count;
  return count;
}

}  // namespace

std::vector<CsvPiece> csv_pieces(std::string_view content, unsigned count) {
  std::vector<CsvPiece> pieces;
  const std::string_view header = content.substr(0, content.find('\n'));
  if (header.find(',') == std::string_view::npos) count = 1;
  count = std::clamp<unsigned>(static_cast<unsigned>(content.size() / kSmallest), 1, std::max(1U, count));
  const bool quotes = count > 1 && content.find('"') != std::string_view::npos;
  std::size_t begin = 0;
  std::uint64_t lines = 0;
  for (unsigned i = 1; i <= count && begin < content.size(); ++i) {
    std::size_t end = content.size();
    if (i < count) {
      end = std::max(begin, content.size() / count * i);
      // A line end ends a record where an even number of quotes stands before it (RFC 4180).
      bool inside = quotes && count_of(content.substr(begin, end - begin), '"') % 2 != 0;
      while (end < content.size() && (inside || content[end] != '\n')) {
        if (content[end] == '"') inside = !inside;
        ++end;
      }
      end = std::min(content.size(), end + 1);
    }
    const std::string_view piece = content.substr(begin, end - begin);
    pieces.push_back({piece, lines, i == 1});
    if (end < content.size()) lines += count_of(piece, '\n');
    begin = end;
  }
  if (pieces.empty()) pieces.push_back({content, 0, true});
  return pieces;
}

}  // namespace sonae::link

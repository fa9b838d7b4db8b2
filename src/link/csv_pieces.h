// A CSV file cut into pieces that can be read at the same time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace sonae::link {

struct CsvPiece {
  std::string_view content;
  std::uint64_t lines_before = 0;
  bool has_header = false;
};

// About `count` pieces, cut at ends of records; fewer where the file is small, or where it cannot be told
// where records end (tabs as separators).
std::vector<CsvPiece> csv_pieces(std::string_view content, unsigned count);

}  // namespace sonae::link

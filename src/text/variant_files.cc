#include <charconv>

#include "text/tsv.h"
#include "text/utf8.h"
#include "text/variants.h"

namespace sonae::text {

namespace {

std::unexpected<Error> bad_line(const std::string& file, std::uint64_t line) {
  return fail(ErrorCode::corrupt,
              {"文字の表のこの行が読めません", "This line of a character table cannot be read"},
              file + ":" + std::to_string(line), {"data/ を入れ直してください", "Install data/ again"});
}

// The one character of a cell; 0 where it is not one.
char32_t single(std::string_view cell) {
  if (cell.empty()) return 0;
  std::size_t at = 0;
  const char32_t c = next_character(cell, at);
  return at == cell.size() && c != kReplacement ? c : 0;
}

template <class Visit>
Status for_each_row(std::string_view tsv, const std::string& file, Visit visit) {
  std::uint64_t here = 0;
  const bool whole = for_each_tsv_row(tsv, [&](const TsvCells& cells, std::uint64_t line) {
    here = line;
    return visit(cells);
  });
  if (!whole) return bad_line(file, here);
  return {};
}

}  // namespace

Result<std::vector<VariantLink>> parse_variant_links(std::string_view tsv, const std::string& file) {
  std::vector<VariantLink> links;
  TRY(for_each_row(tsv, file, [&](const TsvCells& cells) {
    if (cells.size() < 3) return false;
    const VariantLink link{single(cells[0]), single(cells[1]), cells[2].empty() ? -1 : cells[2][0] - '0'};
    links.push_back(link);
    return link.variant != 0 && link.proper != 0 && link.distance >= 0 && link.distance <= 9;
  }));
  return links;
}

Result<std::vector<char32_t>> parse_standard_characters(std::string_view tsv, const std::string& file) {
  std::vector<char32_t> characters;
  TRY(for_each_row(tsv, file, [&](const TsvCells& cells) {
    characters.push_back(single(cells[0]));
    return characters.back() != 0;
  }));
  return characters;
}

Result<Confusables> parse_confusables(std::string_view tsv, const std::string& file) {
  Confusables found;
  TRY(for_each_row(tsv, file, [&](const TsvCells& cells) {
    if (cells.size() < 4) return false;
    const char32_t one = single(cells[0]);
    const char32_t other = single(cells[1]);
    float nearness = -1;
    std::from_chars(cells[3].data(), cells[3].data() + cells[3].size(), nearness);
    if (one == 0 || other == 0 || one == other || nearness < 0 || nearness > 1) return false;
    if (cells[2] == "variant") {
      found.variants.push_back({one, other, 0});
      return true;
    }
    if (cells[2] == "apart") found.apart.emplace_back(one, other);
    if (cells[2] != "confused" && cells[2] != "looks" && cells[2] != "apart") return false;
    found.near.push_back({one, other, cells[2] == "looks" ? NearKind::looks : NearKind::confused, nearness});
    return true;
  }));
  return found;
}

}  // namespace sonae::text

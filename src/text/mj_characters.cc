#include "text/mj_characters.h"

#include <charconv>

#include "text/tsv.h"
#include "text/utf8.h"

namespace sonae::text {

namespace {

// The digits of MJ######; 0 where it is none.
std::size_t number_of(std::string_view text) {
  if (text.size() != 8 || !text.starts_with("MJ")) return 0;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 8, number);
  return error == std::errc() && end == text.data() + 8 ? number : 0;
}

}  // namespace

Result<MjCharacters> MjCharacters::open(Env& env, const std::string& directory) {
  const std::string name = "share-alike/mj/characters.tsv";
  MjCharacters known;
  const auto content = env.disk.read_all(directory + "/" + name);
  if (!content) {
    if (content.error().code == ErrorCode::not_found) return known;
    return std::unexpected(content.error());
  }
  std::uint64_t here = 0;
  const bool whole = for_each_tsv_row(*content, [&](const TsvCells& cells, std::uint64_t line) {
    here = line;
    const std::size_t number = number_of(cells[0]);
    if (number == 0 || cells.size() < 2 || cells[1].empty()) return false;
    if (known.characters_.size() <= number) known.characters_.resize(number + 1, 0);
    std::size_t at = 0;
    known.characters_[number] = next_character(cells[1], at);
    return at == cells[1].size();
  });
  if (!whole)
    return fail(ErrorCode::corrupt,
                {"文字の表のこの行が読めません", "This line of a character table cannot be read"},
                name + ":" + std::to_string(here), {"data/ を入れ直してください", "Install data/ again"});
  return known;
}

char32_t MjCharacters::find(std::string_view number) const {
  const std::size_t at = number_of(number);
  return at < characters_.size() ? characters_[at] : 0;
}

}  // namespace sonae::text

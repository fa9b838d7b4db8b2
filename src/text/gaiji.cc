#include "text/gaiji.h"

#include <charconv>

#include "text/mj_characters.h"
#include "text/tsv.h"
#include "text/utf8.h"

namespace sonae::text {

char32_t private_use_of_cp932(unsigned code) {
  const unsigned lead = code >> 8;
  const unsigned trail = code & 0xFF;
  if (lead < 0xF0 || lead > 0xF9 || trail < 0x40 || trail > 0xFC || trail == 0x7F) return 0;
  // 188 codes for each lead byte.
  return 0xE000 + (lead - 0xF0) * 188 + (trail - 0x40) - (trail > 0x7F ? 1 : 0);
}

unsigned cp932_of_private_use(char32_t character) {
  if (character < 0xE000 || character > 0xE757) return 0;
  const unsigned index = character - 0xE000;
  const unsigned within = index % 188;
  return (0xF0 + index / 188) << 8 | (within + 0x40 + (within >= 0x3F ? 1 : 0));
}

namespace {

// "U+E000", "F040", "GJ" codes in plane 16 as "U+10FA00"; 0 where it is no private code.
char32_t code_of(std::string_view cell) {
  const bool unicode = cell.starts_with("U+") || cell.starts_with("u+");
  if (unicode) cell.remove_prefix(2);
  unsigned value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value, 16);
  if (error != std::errc() || end != cell.data() + cell.size()) return 0;
  if (!unicode) return private_use_of_cp932(value);
  const bool is_private = (value >= 0xE000 && value <= 0xF8FF) || (value >= 0xF0000 && value <= 0x10FFFD);
  return is_private ? value : 0;
}

// MJ and six digits, or GJ and six digits.
bool is_number(std::string_view cell) {
  return cell.size() == 8 && (cell.starts_with("MJ") || cell.starts_with("GJ")) &&
         cell.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

}  // namespace

Gaiji Gaiji::parse(std::string_view table, const std::string& file, std::vector<Error>& errors,
                   const MjCharacters* mj) {
  Gaiji gaiji;
  for_each_tsv_row(table, [&](const TsvCells& cells, std::uint64_t line) {
    const auto report = [&](Phrase what) {
      errors.push_back({ErrorCode::invalid_input, std::move(what), file + ":" + std::to_string(line), {}});
      return true;
    };
    const auto cell = [&](std::size_t i) { return i < cells.size() ? cells[i] : std::string_view(); };
    GaijiEntry entry;
    entry.code = code_of(cell(0));
    if (entry.code == 0)
      return report({"外字のコードではありません（U+E000 や F040 のように書いてください）",
                     "This is not a private code (write it like U+E000 or F040)"});
    entry.stands_for = to_characters(cell(1));
    if (entry.stands_for.find(kReplacement) != std::u32string::npos)
      return report({"表す文字がUTF-8ではありません", "The character is not UTF-8"});
    if (!cell(3).empty() && !is_number(cell(3)))
      return report(
          {"文字図形名は MJ または GJ と数字6桁です", "The number must be MJ or GJ and six digits"});
    entry.reading = cell(2);
    entry.number = cell(3);
    entry.note = cell(4);
    if (entry.stands_for.empty() && mj != nullptr)
      if (const char32_t character = mj->find(entry.number)) entry.stands_for = character;
    const char32_t code = entry.code;
    if (!gaiji.entries_.try_emplace(code, std::move(entry)).second)
      return report({"同じコードの行がもうあります（先の行を使います）",
                     "This code has a line already (the earlier one is used)"});
    return true;
  });
  return gaiji;
}

}  // namespace sonae::text

#include "town/reception/name_tables.h"

#include <algorithm>

#include "text/fold.h"
#include "text/kana.h"
#include "text/tsv.h"
#include "text/utf8.h"
#include "town/reception/cell.h"

namespace sonae::reception {

namespace {

constexpr std::size_t kReadingsOfAName = 4;  // the commonest stand first in the tables

}  // namespace

bool NameTables::Names::has(const text::Tables* tables, std::string_view word) const {
  if (written.contains(word)) return true;
  if (text::is_kana_only(word)) return readings.contains(text::to_katakana(word));
  return tables != nullptr && folded.contains(text::fold_name(*tables, word));
}

void NameTables::add(Names& names, std::string_view name, std::string_view reading) {
  names.written.emplace(name);
  if (tables_ != nullptr) names.folded.insert(text::fold_name(*tables_, name));
  names.readings.insert(text::to_katakana(reading));
  if (name == reading) return;
  auto& known = readings_[std::string(name)];
  if (known.size() < kReadingsOfAName && std::ranges::find(known, reading) == known.end())
    known.emplace_back(reading);
}

void NameTables::read_surnames(std::string_view table) {
  text::for_each_tsv_row(table, [&](const text::TsvCells& cells, std::uint64_t) {
    if (cells.size() < 2 || cells[0].empty()) return true;
    add(surnames_, cells[0], cells[1]);
    longest_surname_ = std::max({longest_surname_, count_characters(cells[0]), count_characters(cells[1])});
    return true;
  });
}

void NameTables::read_given_names(std::string_view table) {
  text::for_each_tsv_row(table, [&](const text::TsvCells& cells, std::uint64_t) {
    if (cells.size() >= 3 && !cells[1].empty()) add(given_names_, cells[1], cells[2]);
    return true;
  });
}

std::string_view NameTables::surname_of(std::string_view name) const {
  // The longest surname is right more often than a shorter one (長谷川 before 長谷), unless it leaves no
  // given name that anybody bears where a shorter one does (大久保健 before 大久 保健). A variation selector
  // or a voiced mark of half-width kana belongs to the character before it: folding sees to that.
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at < name.size() && ends.size() <= longest_surname_ * 2;) {
    text::next_character(name, at);
    ends.push_back(at);
  }
  const bool kana = text::is_kana_only(name);
  std::string_view longest;
  for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
    const std::string_view head = name.substr(0, *end), rest = name.substr(*end);
    if (rest.empty() || (kana && count_characters(rest) < 2) || !is_surname(head)) continue;
    if (longest.empty()) longest = head;
    if (is_given_name(rest)) return head;
  }
  return longest;
}

const std::vector<std::string>& NameTables::readings_of(std::string_view name) const {
  static const std::vector<std::string> none;
  const auto found = readings_.find(name);
  return found == readings_.end() ? none : found->second;
}

}  // namespace sonae::reception

#include "link/written_row.h"

#include <algorithm>
#include <array>

#include "link/characters.h"
#include "link/note.h"

namespace sonae::link {
namespace {

constexpr std::size_t kLongestName = 400;  // bytes: what is longer is no name, and is left to be cut

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != text.npos; });
}

// Whether a name may hold more than family and given name. Looked at byte by byte: nearly all names are
// plain.
bool is_plain(std::string_view name) {
  if (name.ends_with("氏") || name.ends_with("君")) return false;
  bool latin = false;
  for (const char c : name) {
    if ((c >= '0' && c <= '9') || c == '(' || c == '/' || c == '.') return false;
    latin |= (c >= 'a' && c <= 'z');
  }
  return !latin && !contains_any(name, {"（",     "【",   "「",   "［",   "〔",   "／", "，",
                                        "、",     "旧",   "通称", "さん", "サン", "様", "さま",
                                        "ちゃん", "くん", "他",   "ほか", "外",   "殿", "先生"});
}

Sex sex_of_relation(std::string_view relation) {
  if (contains_any(relation, {"娘", "母", "妻", "嫁", "姉", "妹", "祖母", "孫娘", "長女", "次女", "おば"}))
    return Sex::female;
  if (contains_any(relation, {"息子", "父", "夫", "兄", "弟", "祖父", "長男", "次男", "おじ"}))
    return Sex::male;
  return Sex::unknown;
}

}  // namespace

WrittenRow::WrittenRow(const Record& row) : record_(row) {
  const bool one_column = row.family_name.empty() && row.given_name.empty();
  if (one_column && row.name.size() <= kLongestName && !is_plain(row.name)) take_apart();
  if (relative_of_.empty() && contains_any(row.note, {"さんの", "様の", "さん方の", "さん宅の"})) {
    const text::WrittenName note = text::parse_name(cut_text(row.note, kLongestName));
    relative_of_ = note.relative_of;
    take_relation(note.relation);
  }
}

void WrittenRow::take_apart() {
  name_ = text::parse_name(record_.name);
  if (!name_.relative_of.empty() && name_.whole.empty()) {
    // The name itself was not written: only whose household it is.
    relative_of_ = name_.relative_of;
    take_relation(name_.relation);
    record_.name = {};
    record_.family_name = relative_of_;
    return;
  }
  if (name_.whole.empty()) return;
  record_.name = name_.whole;
  // すずちゃん: nobody is called so by the family name.
  if (name_.family.empty() && name_.title == "ちゃん") record_.given_name = name_.whole;
  if (!name_.family.empty() && !name_.given.empty()) {
    record_.family_name = name_.family;
    record_.given_name = name_.given;
  }
  const bool has_reading =
      !record_.kana.empty() || !record_.family_kana.empty() || !record_.given_kana.empty();
  if (!has_reading) record_.kana = name_.kana;
  if (record_.former_family_name.empty()) record_.former_family_name = name_.former_family;
  if (!name_.everyday_name.empty()) {
    other_names_.assign(record_.other_names.begin(), record_.other_names.end());
    other_names_.push_back(name_.everyday_name);
    record_.other_names = other_names_;
  }
}

void WrittenRow::take_relation(const std::string& relation) {
  if (record_.sex == Sex::unknown) record_.sex = sex_of_relation(relation);
}

}  // namespace sonae::link

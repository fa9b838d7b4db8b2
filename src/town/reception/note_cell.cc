#include "town/reception/note_cell.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"
#include "town/reception/cell.h"
#include "town/reception/remarks.h"

namespace sonae::reception {

namespace {

constexpr std::array<std::string_view, 13> kDenials{
    "なし",   "無し",   "無",     "ない",         "不要",       "済",        "ではない",
    "でない", "はない", "はなし", "はありません", "の必要なし", "ありません"};
// Between a relation and what is said about it.
constexpr std::array<std::string_view, 9> kAbout{"は", "が", "も", "の", "に", ":", " ", "=", "、"};

bool starts_with_one_of(std::string_view text, const auto& words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.starts_with(word); });
}

bool ends_clause(char32_t c) {
  constexpr std::u32string_view ends = U"、。,;/・\n()";
  return ends.find(c) != std::u32string_view::npos;
}

void take_meaning(const Meaning& meaning, Person& person, std::vector<Remark>& remarks) {
  if (meaning.kind == "need") {
    if (!std::ranges::count(person.needs, meaning.code)) person.needs.push_back(meaning.code);
  } else if (meaning.kind == "condition") {
    Condition condition{};
    // The graver one stays: the enumerators stand in that order.
    if (boost::describe::enum_from_string(meaning.code.c_str(), condition) && condition > person.condition)
      person.condition = condition;
  } else if (meaning.kind == "stay") {
    boost::describe::enum_from_string(meaning.code.c_str(), person.stay);
  } else if (meaning.kind == "visitor") {
    person.visitor = true;
    add_remark(remarks, remark::visitor, "note");
  } else if (meaning.kind == "struck") {
    add_remark(remarks, remark::struck_out, "note");
  }
}

}  // namespace

void add_remark(std::vector<Remark>& remarks, std::string_view code, std::string_view item) {
  const Remark remark{std::string(code), std::string(item)};
  if (std::ranges::find(remarks, remark) == remarks.end()) remarks.push_back(remark);
}

void read_note(const Vocabulary& vocabulary, std::string_view note, Person& person,
               std::vector<Remark>& remarks) {
  const std::string text = narrow(note);
  std::string_view rest = text;
  bool about_relative = false;
  bool clause_begins = true;
  while (!rest.empty()) {
    const std::vector<Meaning>* meanings = nullptr;
    if (const std::size_t size = vocabulary.word_at(rest, meanings)) {
      // 薬なし is not the absence of a need: the medicine has run out.
      const bool medicine = rest.substr(0, size).ends_with("薬");
      rest.remove_prefix(size);
      if (medicine || !starts_with_one_of(trim(rest), kDenials)) {
        for (const Meaning& meaning : *meanings) {
          if (about_relative)
            add_remark(remarks, remark::need_of_relative, "note");
          else
            take_meaning(meaning, person, remarks);
        }
      }
      clause_begins = false;
      continue;
    }
    Sex sex{};
    if (clause_begins) {
      if (const std::size_t size = vocabulary.relation_at(rest, sex);
          size > 0 && starts_with_one_of(rest.substr(size), kAbout)) {
        about_relative = rest.substr(0, size) != "本人";
        rest.remove_prefix(size);
        clause_begins = false;
        continue;
      }
    }
    std::size_t at = 0;
    const char32_t c = text::next_character(rest, at);
    rest.remove_prefix(at);
    if (ends_clause(c)) {
      clause_begins = true;
      about_relative = false;
    } else if (!is_blank(c)) {
      clause_begins = false;
    }
  }
  std::ranges::sort(person.needs);
}

bool begins_with_known_word(const Vocabulary& vocabulary, std::string_view text) {
  const std::string narrowed = narrow(text);
  const std::vector<Meaning>* meanings = nullptr;
  return vocabulary.word_at(narrowed, meanings) > 0;
}

}  // namespace sonae::reception

// The words of one piece of the cell for names: which is a name, a reading, an age, a relation, a note.
// Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "town/reception/name_cell.h"

namespace sonae::reception {

// One piece taken apart: names in the order of the text, and what was said beside them.
struct NameWords {
  std::vector<std::string> names;     // kanji, kana or letters, without titles
  std::vector<std::string> readings;  // kana that stand behind a name in kanji
  NamedPerson beside;                 // relation, sex, age, notes
};

NameWords read_words(const Vocabulary& vocabulary, std::string_view piece);

// What stands in brackets behind a name: a reading, an age, a sex, a relation, or a note.
void read_bracket(const Vocabulary& vocabulary, std::string_view inside, NamedPerson& person);

// Without 様, さん, 氏 and the like at the end. ちゃん and くん are taken off too, and said to be a nickname.
std::string_view without_title(std::string_view name, bool& nickname);

// "男", "女性", "M", "2": absent where the text is none of these.
std::optional<Sex> read_sex(std::string_view written);

// "不明", "氏名不詳", "匿名": words instead of a name.
bool says_no_name(std::string_view text);

}  // namespace sonae::reception

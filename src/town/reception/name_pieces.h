// Cutting the cell for the name into pieces, one for each person or group, with what stands in brackets
// beside. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "town/reception/vocabulary.h"

namespace sonae::reception {

struct NamePiece {
  std::string text;                   // as written, trimmed, without what stands in brackets
  std::vector<std::string> brackets;  // what stands in them, trimmed
  std::string note;                   // what follows ※ or ＊
  bool may_be_reading = false;        // stands behind a / or a line break
};

// At ・ 、 / & + and line breaks, and at と between names in kanji; ・ between katakana belongs to the name.
std::vector<NamePiece> cut_into_pieces(std::string_view cell);

// "外3名", "子2人", "計4名": people without names.
struct Headcount {
  int people = 0;
  bool total = false;    // all of the line, those named included
  std::string relation;  // 子, 孫; empty where none is written
};
// Where the whole text is a headcount, or its end is (then `name` is what stands before).
std::optional<Headcount> read_headcount(const Vocabulary& vocabulary, std::string_view text,
                                        std::string_view& name);

// "犬1匹", "猫 ミケ": animals are noted, not counted as persons.
bool is_pet(std::string_view text);

}  // namespace sonae::reception

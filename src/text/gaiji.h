// Vendor 外字: private characters of a town's old system, and what each of them stands for, from a table that
// the town or its vendor supplies. Also for the characters of 行政事務標準文字 (GJ######) in plane 16.
//
// The table is lines of cells between tabs; '#' begins a comment:
//   code        U+E000 (private use), or the Shift_JIS code as hexadecimal digits: F040..F9FC
//   stands for  a character, several, or an ideographic description (⿰木神); empty where only a picture
//   exists reading     kana; may be empty MJ          MJ###### or GJ######; may be empty note        free
//   text; may be empty
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"

namespace sonae::text {

class MjCharacters;

struct GaijiEntry {
  char32_t code = 0;
  std::u32string stands_for;
  std::string reading;
  std::string number;  // MJ###### or GJ######
  std::string note;
};

// Immutable after parsing; every thread may use it.
class Gaiji {
 public:
  // Lines that cannot be read are reported in `errors` (where: "file:line") and left out. With `mj`, a line
  // that says an MJ number and no character stands for the character of that number.
  static Gaiji parse(std::string_view table, const std::string& file, std::vector<Error>& errors,
                     const MjCharacters* mj = nullptr);

  const GaijiEntry* find(char32_t code) const {
    const auto found = entries_.find(code);
    return found == entries_.end() ? nullptr : &found->second;
  }
  std::size_t size() const { return entries_.size(); }

 private:
  std::unordered_map<char32_t, GaijiEntry> entries_;
};

// The private-use character of a Shift_JIS 外字 code (F040..F9FC to U+E000..U+E757), as Windows maps it; 0
// where the code is not one.
char32_t private_use_of_cp932(unsigned code);
unsigned cp932_of_private_use(char32_t character);  // and back; 0 where there is none

}  // namespace sonae::text

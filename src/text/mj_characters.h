// MJ numbers (文字情報基盤) and the characters of Unicode they are, from data/share-alike/mj/characters.tsv
// (made of IPA's MJ文字情報一覧表 and MJ縮退マップ, CC BY-SA 2.1 JP; optional, never compiled in). Immutable
// after opening; every thread may use it.
#pragma once

#include <string_view>
#include <vector>

#include "base/env.h"

namespace sonae::text {

class MjCharacters {
 public:
  // `directory` is the data/ folder. Knows nothing where the file is not there.
  static Result<MjCharacters> open(Env& env, const std::string& directory);
  MjCharacters() = default;

  // "MJ026193" to 邉; for a character that Unicode has only by a variation selector, or not at all, the one
  // that stands nearest to it. 0 where the number is not known.
  char32_t find(std::string_view number) const;
  bool empty() const { return characters_.empty(); }

 private:
  std::vector<char32_t> characters_;  // by number
};

}  // namespace sonae::text

// The words in which a recovery share is written: 1,024 of hiragana, no two of which differ by one kana
// (data/recovery). Read in hiragana, katakana or romaji, so that a machine without a Japanese keyboard serves
// too.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/env.h"

namespace sonae::vault {

class ShareWords {
 public:
  // `data` is the program's data/ folder; corrupt where the list is not of 1,024 different words.
  static Result<ShareWords> open(Env& env, const std::string& data);

  const std::string& word(std::uint16_t number) const { return words_.at(number); }
  std::optional<std::uint16_t> number(std::string_view written) const;
  // Words of the list that are one kana away from what was written, voicing marks and small kana set aside.
  std::vector<std::string> similar(std::string_view written) const;

 private:
  ShareWords() = default;
  std::vector<std::string> words_;
  std::unordered_map<std::string, std::uint16_t> numbers_;
};

}  // namespace sonae::vault

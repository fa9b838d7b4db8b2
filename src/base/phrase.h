// A sentence in the languages that Sonae speaks to its operators: Japanese first, English beside it.
#pragma once

#include <string>
#include <string_view>

namespace sonae {

enum class Language { japanese, english };

// One sentence in both languages. Values put into it (names of files, numbers) are the same in both.
struct Phrase {
  std::string japanese;
  std::string english;

  const std::string& in(Language language) const {
    return language == Language::japanese ? japanese : english;
  }
  bool empty() const { return japanese.empty() && english.empty(); }
  friend bool operator==(const Phrase&, const Phrase&) = default;
};

// The language that a POSIX locale name asks for: "ja", "ja_JP.UTF-8" mean Japanese, all others English.
Language language_of_locale(std::string_view locale_name);

}  // namespace sonae

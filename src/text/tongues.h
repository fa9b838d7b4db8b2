// What evacuees and those who ask for them read, in their own languages: the tables of data/words/, one JSON
// file for each language, the same that the pages use. Adding a file adds a language. Immutable after
// opening; every thread may use it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"

namespace sonae::text {

class Tongues {
 public:
  Tongues() = default;  // speaks nothing: whoever uses it falls back on its own Japanese and English
  // From the words/ folder of `data_directory`.
  static Result<Tongues> open(Env& env, const std::string& data_directory);

  bool has(std::string_view tongue) const { return tables_.contains(tongue); }
  std::vector<std::string> all() const;
  // What a browser or a mail program prefers (RFC 9110, 12.5.4: "ko, en;q=0.8"): a tongue that has a table;
  // empty where there is none. Nobody's program asks for やさしい日本語: that is chosen.
  std::string preferred(std::string_view accept_language) const;

  // In which a message is written: by its script, else by at least two of the words by which a tongue is
  // known (`known_by` of its table). Empty where it cannot be told: a name and a date are no language.
  std::string recognised(std::string_view text) const;

  // The sentence, with its value in place of {value}; empty where the table or the sentence is missing.
  std::string say(std::string_view tongue, std::string_view key, std::string_view value = {}) const;

  // For the `lang` attribute: "zh-Hans" for zh.
  static std::string_view tag(std::string_view tongue);

 private:
  using Table = std::map<std::string, std::string, std::less<>>;
  std::map<std::string, Table, std::less<>> tables_;
};

// Sentences one after the other, as the language writes them: with a space between, but in Japanese and
// Chinese.
void add_sentence(std::string& text, std::string_view tongue, std::string_view sentence);

}  // namespace sonae::text

// Why two records are held to be one person, or not: in words that a clerk understands.
#pragma once

#include <string>
#include <vector>

#include "base/phrase.h"
#include "link/fields.h"

namespace sonae::link {

struct Reason {
  Field field = Field::family_name;
  std::uint8_t level = 0;  // link::level::...
  double weight =
      0;          // binary logarithm of the likelihood ratio: +10 is 1024 times likelier with than without
  Phrase phrase;  // "名は漢字が同じ" / "given name: same kanji"
};

// The phrase of a level, without personal data in it.
Phrase phrase_of(Field field, std::uint8_t level);

// All phrases, the weightiest first, those that speak against it after the others; levels that say nothing
// are left out.
std::string in_words(const std::vector<Reason>& reasons, Language language);

}  // namespace sonae::link

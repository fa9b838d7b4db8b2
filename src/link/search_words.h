// The words that somebody types to find a resident, each read in every way it can be meant.
#pragma once

#include <string_view>
#include <vector>

#include "link/features.h"
#include "link/places.h"

namespace sonae::link {

// One way a word can be meant. A resident meets the word where one of its readings is met.
struct Meaning {
  enum class Kind : std::uint8_t { kana, kanji, kanji_then_kana, birth, town, phone, id };
  Kind kind = Kind::kana;
  Letters letters{};          // kana, kanji: the beginning of the family name, the given name or the whole
  Letters given_kana{};       // kanji_then_kana (浜口ツル): how the given name begins after that family name
  text::PartialDate birth{};  // birth: the parts that are known
  std::uint32_t town = 0;     // town; 0 for all
  std::uint16_t number = 0;   // town: the first number; 0 for any
  std::uint32_t phone_from = 0, phone_to = 0;  // phone: both ends included

  bool met_by(const Features& resident) const;  // an id is not looked at here
};

using Meanings = std::vector<Meaning>;

// Splits at spaces; a word that can mean nothing has no meanings, and nobody meets it.
std::vector<Meanings> read_words(const Context& context, const Places& places, std::string_view typed);

}  // namespace sonae::link

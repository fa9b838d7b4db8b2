// What the town answers to a message: that it arrived, its number, and what is missing. It repeats nothing
// that was written (the sender may be somebody else's address) and is the same whoever is named. Pure.
#pragma once

#include <span>
#include <string>

#include "town/claim/facts.h"
#include "town/message/reading.h"

namespace sonae::message {

enum class Length : std::uint8_t {
  letter,  // mail: in Japanese, plain Japanese and English
  note,    // SMS and LINE: as short as can be
};

std::string answer_words(const std::string& town, const claim::ClaimId& claim,
                         std::span<const Missing> missing, Length length);
std::string answer_subject(const std::string& town);

}  // namespace sonae::message

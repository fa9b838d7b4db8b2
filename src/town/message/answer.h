// What the town answers to a message: that it arrived, its number, and what is missing. It repeats nothing
// that was written (the sender may be somebody else's address) and is the same whoever is named. Pure.
#pragma once

#include <span>
#include <string>

#include "text/tongues.h"
#include "town/claim/facts.h"
#include "town/message/reading.h"

namespace sonae::message {

enum class Length : std::uint8_t {
  letter,  // mail: in Japanese, plain Japanese and English, shortly in the other tongues
  note,    // SMS and LINE: at most two segments of an SMS, in one tongue, or in Japanese and English
};

// In the tongue that the writer's message is written in, else what the writer's program says (as in
// Accept-Language). A letter may not say either: it says the same shortly in every other tongue, this one
// before all others.
std::string tongue_of(const text::Tongues& tongues, std::string_view written, std::string_view program_says);

std::string answer_words(const text::Tongues& tongues, const std::string& town, const claim::ClaimId& claim,
                         std::span<const Missing> missing, Length length, std::string_view preferred = {});
std::string answer_subject(const std::string& town);

}  // namespace sonae::message

// What a message in somebody's own words says of its writer: labelled lines (名前：...), or a name, a birth
// date and a telephone number as they stand. What is doubtful is left open, for the whole message stays with
// the claim and a clerk reads it. Pure, any thread.
#pragma once

#include <string_view>
#include <vector>

#include "town/claim/requests.h"
#include "town/reception/vocabulary.h"

namespace sonae::message {

claim::MakeRequest read_message(const reception::Vocabulary& vocabulary, std::string_view text, Date today);

// Whether this is a name of a person as the tables of names know them: for the name beside a sender's
// address.
bool is_name(const reception::Vocabulary& vocabulary, std::string_view text);

// What is needed to prove who it is, and is not said. In the order in which it is asked for.
enum class Missing : std::uint8_t { name, birth_date, phone };
std::vector<Missing> missing_of(const claim::Made& made, Date today);

}  // namespace sonae::message

// What linkage answers about one row: the resident it is, the residents it may be, or nobody; and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "link/reasons.h"

namespace sonae::link {

// A resident's place in the registry's arrays: valid until the registry is changed.
enum class Slot : std::uint32_t {};

enum class Decision : std::uint8_t {
  match,  // as sure as Thresholds::match asks
  ask,    // a person is to look
  none,   // not a resident, as far as can be seen
};
std::string_view name_of(Decision decision);  // "match", "review", "none": the words of the out file

struct Candidate {
  Slot slot{};
  std::string resident;    // the registry's id
  double probability = 0;  // that the row is this resident, all residents and "not a resident" considered
  std::vector<Reason> reasons;
};

struct Answer {
  Decision decision = Decision::none;
  double probability = 0;  // of the best candidate, whatever the decision
  std::string resident;    // the best candidate; empty where the decision is none
  Slot slot{};             // the same
  std::vector<Reason> reasons;
  std::vector<Candidate> alternatives;  // the next best, likeliest first; where none: the best first
  Phrase what_would_settle;     // "生年月日を聞く" / "ask for the birth date"; empty where all is clear
  double none_probability = 1;  // that the row is no resident
  std::optional<std::size_t> same_as_row;  // an earlier row of the list that seems to be the same person
  double same_as_row_probability = 0;
};

}  // namespace sonae::link

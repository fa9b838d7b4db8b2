// What of the journal stands on the timeline, and in which words. No person is named in any event.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "journal/fact.h"
#include "town/headquarters/requests.h"

namespace sonae::headquarters {

// An event as the view keeps it: in both languages, made from its fact alone.
struct KeptEvent {
  std::string kind;
  std::string japanese;
  std::string english;
  std::string place;
  std::optional<std::int64_t> count;
};
BOOST_DESCRIBE_STRUCT(KeptEvent, (), (kind, japanese, english, place, count))

std::vector<std::string> event_subjects();
std::optional<KeptEvent> event_of(const journal::Fact& fact);
// The first subject of the fact that the timeline follows.
journal::Subject main_subject(const journal::Fact& fact);

}  // namespace sonae::headquarters

// Writes PFIF 1.4: plain files, and the Atom feeds of persons and notes (http://zesty.ca/pfif/1.4/#atom).
// Characters that XML 1.0 has no place for are left out.
#pragma once

#include <vector>

#include "base/bytes.h"
#include "town/exchange/pfif.h"

namespace sonae::exchange::pfif {

// A plain file is kBegin, any number of records, kEnd.
inline constexpr std::string_view kBegin =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<pfif:pfif xmlns:pfif=\"http://zesty.ca/pfif/1.4\">\n";
inline constexpr std::string_view kEnd = "</pfif:pfif>\n";
void write_person(Bytes& into, const Record& person, const std::vector<Record>& notes);
void write_note(Bytes& into, const Record& note);

struct FeedHead {
  std::string title;
  std::string self;  // the URL of the feed
  std::string next;  // of the page that follows; empty: none
  Instant updated;
};
void begin_feed(Bytes& into, const FeedHead& head);
void write_person_entry(Bytes& into, const Record& person, const std::vector<Record>& notes);
void write_note_entry(Bytes& into, const Record& note);
inline constexpr std::string_view kFeedEnd = "</feed>\n";

}  // namespace sonae::exchange::pfif

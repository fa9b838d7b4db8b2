// What can happen in matching (突合): a person decides who an entry is, or that two entries are one person,
// and can take it back. What the machine answers is no fact: it is a node's own (answers.h).
// docs/formats.md, "Facts of matching".
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace sonae::matching {

// matching.decided, about entry:<id> and resident:<id>. Supersedes the decisions on the entry that were seen;
// two that are not superseded and differ are a question.
struct Decided {
  EntryId entry;
  std::optional<ResidentId> resident;  // absent: the entry is not a resident
  std::string because;                 // in the words of who decided; may be empty
  std::vector<FactId> seen;            // the writing or correction of the entry that was shown
};
BOOST_DESCRIBE_STRUCT(Decided, (), (entry, resident, because, seen))

// matching.taken_back, about the subjects of what it supersedes: a Decided or a SamePersonDecided.
struct TakenBack {
  std::vector<EntryId> entries;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(TakenBack, (), (entries, because))

// matching.same_person_decided, about both entries: one person on two lists, or two people after all.
struct SamePersonDecided {
  EntryId entry;
  EntryId other;
  bool same = true;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(SamePersonDecided, (), (entry, other, same, because))

}  // namespace sonae::matching

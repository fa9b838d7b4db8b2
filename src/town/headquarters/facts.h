// What can happen at headquarters (災害対策本部) about those who need care in an evacuation
// (避難行動要支援者): put on the list, given to a team, looked for, and each of it taken back.
// docs/formats.md, "Facts of headquarters".
#pragma once

#include <boost/describe.hpp>

#include <string>

#include "journal/fact.h"

namespace sonae::headquarters {

// care.listed, about care:<resident> and resident:<resident>; supersedes what was listed before.
struct Listed {
  ResidentId resident;
  std::string needs;      // 避難支援等を必要とする事由, in words
  std::string supporter;  // 避難支援等関係者: who is to help, as the list has it
  std::string note;
  friend bool operator==(const Listed&, const Listed&) = default;
};
BOOST_DESCRIBE_STRUCT(Listed, (), (resident, needs, supporter, note))

// care.unlisted, about the same: they need nobody, or were listed by mistake.
struct Unlisted {
  ResidentId resident;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(Unlisted, (), (resident, because))

// care.assigned: a team is to go there; supersedes the assignments before. An empty team: nobody is.
struct Assigned {
  ResidentId resident;
  std::string team;
  friend bool operator==(const Assigned&, const Assigned&) = default;
};
BOOST_DESCRIBE_STRUCT(Assigned, (), (resident, team))

enum class Finding : std::uint8_t {
  reached,          // spoken to, safe
  not_at_home,      // nobody answered
  needs_transport,  // there, and has to be fetched
};
BOOST_DESCRIBE_ENUM(Finding, reached, not_at_home, needs_transport)

// care.found, about the same: what a team found; supersedes the findings that were seen.
struct Found {
  ResidentId resident;
  std::string team;
  Finding found = Finding::reached;
  Instant at;
  std::string note;
  friend bool operator==(const Found&, const Found&) = default;
};
BOOST_DESCRIBE_STRUCT(Found, (), (resident, team, found, at, note))

// care.taken_back: supersedes findings.
struct FindingTakenBack {
  ResidentId resident;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(FindingTakenBack, (), (resident, because))

}  // namespace sonae::headquarters

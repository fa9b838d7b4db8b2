// What the parts of Claims share.
#pragma once

#include <mutex>

#include "town/claim/claim.h"
#include "town/inquiry/limits.h"

namespace sonae::claim {

struct Claims::Inside {
  town::Town& town;
  access::Access& access;
  registry::Registry& registry;
  matching::Matching& matching;
  inquiry::Limits limits{};
  std::mutex tying{};   // one ties at a time
  std::mutex taking{};  // one takes a message at a time

  // Turns the claim into an entry, decided to be `resident` where a person said so.
  Result<Recorded> become_entry(api::Call& call, const ClaimRow& row, const Tied& tied);
  // The one resident whom name, birth date and telephone prove; absent: nobody, or several.
  Result<std::optional<ResidentId>> proven(const registry::PeopleIndex& people, const Made& made) const;
};

std::optional<ClaimRow> find_claim(store::Connection& connection, const ClaimId& id);
// How a sender stands in the table of claims; empty where nobody is named.
std::string sender_key(Channel via, const std::string& sender);
std::unexpected<Error> no_such_claim();

}  // namespace sonae::claim

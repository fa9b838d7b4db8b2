// What the parts of Headquarters share.
#pragma once

#include <map>

#include "town/headquarters/headquarters.h"
#include "town/reception/vocabulary.h"
#include "town/safety/places.h"

namespace sonae::headquarters {

// What the facts about one person in care say; the row of the view.
struct Care {
  std::optional<Listed> listed;
  bool unlisted = false;  // said by a person: even where the registry has needs
  std::vector<FactId> listings;
  std::string team;
  std::vector<FactId> assignments;
  std::optional<Found> found;
  bool contradictory = false;
  std::vector<FactId> findings;
};
BOOST_DESCRIBE_STRUCT(Care, (),
                      (listed, unlisted, listings, team, assignments, found, contradictory, findings))

struct Headquarters::Inside {
  town::Town& town;
  access::Access& access;
  registry::Registry& registry;
  reception::Reception& reception;
  matching::Matching& matching;
  safety::Safety& safety;
  Result<std::shared_ptr<const reception::Vocabulary>> vocabulary;

  // A resident whom this caller may be shown; not_found otherwise.
  Status check(const api::Call& call, const ResidentId& resident) const;
  // All on the list whom the caller may be shown and who live in the area, by town and address.
  Result<std::vector<CareRow>> rows(api::Call& call, const safety::AreaChoice& area) const;
};

std::map<ResidentId, Care> all_care(store::Connection& connection);
Care care_of(store::Connection& connection, const ResidentId& resident);
journal::Draft care_draft(const api::Call& call, const char* kind, const ResidentId& resident,
                          const json::value& body, std::vector<FactId> supersedes);

}  // namespace sonae::headquarters

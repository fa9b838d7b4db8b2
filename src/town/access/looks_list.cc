// Reading the record of looks back.
#include <algorithm>

#include "town/access/accounts.h"
#include "town/access/looks.h"
#include "town/access/requests.h"

namespace sonae::access {

Result<LookList> looks(town::Town& town, const AskLooks& request) {
  const std::int64_t limit = std::clamp<std::int64_t>(request.limit.value_or(100), 1, 1000);
  const auto connection = town.journal().reader();
  std::optional<PersonId> by;
  if (request.login) {
    by = person_of_login(*connection, *request.login);
    if (!by)
      return fail(ErrorCode::not_found, {"この利用者はいません", "There is no such account"}, *request.login);
  }
  std::vector<journal::Fact> facts;
  if (request.seen)
    facts = journal::newest_facts_about(*connection, seen(*request.seen), limit);
  else if (by)
    facts = journal::newest_facts_about(*connection, looker(*by), limit);
  else
    facts = journal::newest_facts_of_stream(*connection, journal::Stream::access, limit);

  LookList list;
  std::map<PersonId, Account> people;
  for (const journal::Fact& fact : facts) {
    if (fact.header.kind != "access.looked") continue;
    auto body = fact.as<Looked>();
    if (!body) continue;
    for (Look& look : body->looks) {
      if (by && look.person != *by) continue;
      if (request.seen && std::find(look.shown.begin(), look.shown.end(), *request.seen) == look.shown.end())
        continue;
      auto known = people.find(look.person);
      if (known == people.end())
        known = people.emplace(look.person, account(*connection, look.person).value_or(Account{})).first;
      list.looks.push_back({look.at, known->second.login, known->second.name, std::move(look.operation),
                            std::move(look.purpose), std::move(look.shown), look.count, fact.header.id});
    }
  }
  std::stable_sort(list.looks.begin(), list.looks.end(),
                   [](const LookRow& one, const LookRow& other) { return one.at > other.at; });
  if (list.looks.size() > static_cast<std::size_t>(limit)) list.looks.resize(static_cast<std::size_t>(limit));
  return list;
}

}  // namespace sonae::access

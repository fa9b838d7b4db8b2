// People who stand on the lists twice: two entries of one resident, or of one person who is in no registry.
#include <algorithm>
#include <map>

#include "link/doubles.h"
#include "town/matching/inside.h"
#include "town/matching/rows.h"

namespace sonae::matching {

namespace {

struct Pair {
  EntryId entry, other;  // as they stand on the sheets
  double probability = 0;
  std::optional<bool> same;
  std::optional<ResidentId> resident;
};
using Pairs = std::map<std::pair<EntryId, EntryId>, Pair>;

Pair& pair_of(Pairs& pairs, const EntryId& one, const EntryId& other) {
  auto& pair = pairs[std::minmax(one, other)];
  if (pair.entry.is_none()) {
    pair.entry = one;
    pair.other = other;
  }
  return pair;
}

// Every later entry of a resident with the first one.
void add_of_residents(const std::vector<Standing>& standings, Pairs& pairs) {
  std::map<ResidentId, const Standing*> first;
  for (const Standing& standing : standings) {
    if (!standing.resident || (standing.state != State::decided && standing.state != State::matched))
      continue;
    const auto [at, is_new] = first.try_emplace(*standing.resident, &standing);
    if (is_new) continue;
    Pair& pair = pair_of(pairs, at->second->entry, standing.entry);
    pair.probability = at->second->probability * standing.probability;
    pair.resident = standing.resident;
  }
}

// Those who are in no registry, compared among each other: all of them each time, so that it does not matter
// in what order the lists came, nor whether there is a registry.
void add_of_strangers(const link::Context& context, store::Connection& connection,
                      const std::vector<Standing>& standings, Pairs& pairs) {
  std::set<EntryId> nobody;
  for (const Standing& standing : standings)
    if (standing.state == State::none || standing.state == State::not_resident) nobody.insert(standing.entry);
  Rows rows(context.today);
  reception::for_each_entry(connection, [&](const reception::Entry& entry) {
    if (nobody.contains(entry.entry)) rows.add(entry);
  });
  const auto doubles = link::find_doubles(context, link::Weights::defaults(), rows.records());
  for (std::size_t i = 0; i < doubles.size(); ++i)
    if (doubles[i])
      pair_of(pairs, rows.entry(doubles[i]->earlier), rows.entry(i)).probability = doubles[i]->probability;
}

// What people said of two entries.
void add_said(store::Connection& connection, const std::vector<Standing>& standings, Pairs& pairs) {
  std::set<EntryId> known;
  for (const Standing& standing : standings)
    known.insert(standing.entry);
  const auto said = connection.query("SELECT entry, other, same FROM matching_pair ORDER BY entry, fact");
  while (said->next()) {
    const auto one = said->id<EntryId>(0), other = said->id<EntryId>(1);
    if (!known.contains(one) || !known.contains(other)) continue;
    Pair& pair = pair_of(pairs, one, other);
    pair.same = said->integer(2) != 0;
    pair.probability = *pair.same ? 1 : 0;
  }
}

}  // namespace

Result<Duplicates> Matching::Inside::duplicates(api::Call& call, const DuplicatesRequest& request) {
  TRY(catch_up(call.progress));
  const auto connection = town.journal().reader();
  // Those behind whom a protected person stands are left out, as if they were nobody.
  const std::set<EntryId> hidden = hidden_from(call, *connection);
  std::vector<Standing> standings = visible_standings(call, *connection);
  std::erase_if(standings, [&](const Standing& standing) { return hidden.contains(standing.entry); });
  Pairs pairs;
  add_of_residents(standings, pairs);
  // The town outlives the call: its tables are only borrowed.
  const link::Context context{
      {std::shared_ptr<void>(), &town.tables()}, {std::shared_ptr<void>(), &town.gazetteer()}, town.today()};
  add_of_strangers(context, *connection, standings, pairs);
  add_said(*connection, standings, pairs);
  std::map<EntryId, std::string> shelters;
  for (const Standing& standing : standings)
    shelters.emplace(standing.entry, standing.shelter);

  std::vector<Pair> wanted;
  for (const auto& [ids, pair] : pairs) {
    const bool here = !request.shelter || shelters[pair.entry] == *request.shelter ||
                      shelters[pair.other] == *request.shelter;
    if (here && pair.same.has_value() == request.decided.value_or(false)) wanted.push_back(pair);
  }
  std::ranges::stable_sort(wanted, std::greater<>(), &Pair::probability);
  Duplicates answer;
  answer.total = static_cast<std::int64_t>(wanted.size());
  const auto limit = static_cast<std::size_t>(std::clamp<std::int64_t>(request.limit.value_or(100), 1, 1000));
  std::vector<std::string> shown;
  for (const Pair& pair : wanted) {
    if (answer.pairs.size() == limit) break;
    auto entry = reception::find_entry(*connection, pair.entry);
    auto other = reception::find_entry(*connection, pair.other);
    if (!entry || !other) continue;
    shown.push_back(access::shown(pair.entry));
    shown.push_back(access::shown(pair.other));
    if (pair.resident) shown.push_back(access::shown(*pair.resident));
    answer.pairs.push_back(
        {std::move(*entry), std::move(*other), pair.probability, pair.same, pair.resident});
  }
  TRY(access.record_look(call, "matching.duplicates", std::move(shown)));
  return answer;
}

}  // namespace sonae::matching

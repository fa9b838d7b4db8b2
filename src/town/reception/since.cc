#include "town/reception/since.h"

#include <algorithm>
#include <array>

#include "town/reception/changes.h"

namespace sonae::reception {

namespace {

// Takes the facts of one aspect that hold.
template <class Body>
void take(std::span<const journal::Fact> facts, Aspect aspect, std::optional<Body>& shown,
          std::vector<AspectFacts>& standing) {
  AspectFacts all{aspect, {}, false};
  for (const journal::Fact& fact : facts) {
    if (fact.erased || fact.superseded || fact.header.kind != kind_of(aspect)) continue;
    auto body = fact.as<Body>();
    if (!body) continue;
    all.facts.push_back(fact.header.id);
    if (!shown)
      shown = std::move(*body);
    else
      all.contradictory = all.contradictory || *shown != *body;
  }
  if (!all.facts.empty()) standing.push_back(std::move(all));
}

}  // namespace

std::string_view kind_of(Aspect aspect) {
  static constexpr std::array<std::string_view, 5> kKinds{
      "reception.stay_changed", "reception.condition_changed", "reception.needs_changed",
      "reception.consent_given", "reception.contact_changed"};
  return kKinds[static_cast<std::size_t>(aspect)];
}

bool allows(const Entry& entry, Audience to) {
  // Where two wrote down different answers, nobody is told until it is settled.
  for (const AspectFacts& one : entry.since.standing)
    if (one.aspect == Aspect::consent && one.contradictory) return false;
  const std::vector<Consent>* const items = entry.since.consent ? &entry.since.consent->items
                                            : entry.received    ? &entry.received->consent
                                                                : nullptr;
  return items != nullptr &&
         std::ranges::any_of(*items, [&](const Consent& item) { return item.to == to && item.allowed; });
}

Since since_of(std::span<const journal::Fact> facts) {
  Since since;
  take(facts, Aspect::stay, since.stay, since.standing);
  take(facts, Aspect::condition, since.condition, since.standing);
  take(facts, Aspect::needs, since.needs, since.standing);
  take(facts, Aspect::consent, since.consent, since.standing);
  take(facts, Aspect::contact, since.contact, since.standing);
  return since;
}

void bring_up_to_date(Person& person, const Since& since) {
  if (since.stay) person.stay = since.stay->stay;
  if (since.condition) person.condition = since.condition->condition;
  if (since.needs) person.needs = since.needs->needs;
}

void bring_up_to_date(Entry& entry, Since since) {
  if (entry.received) entry.room = entry.received->room;
  if (since.stay) {
    entry.room = since.stay->room;
    if (!since.stay->shelter.empty()) entry.shelter = since.stay->shelter;
  }
  bring_up_to_date(entry.person, since);
  for (const AspectFacts& one : since.standing)
    entry.contradictory = entry.contradictory || one.contradictory;
  entry.since = std::move(since);
}

}  // namespace sonae::reception

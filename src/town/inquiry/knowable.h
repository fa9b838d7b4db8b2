// Who may be told of at all, and in which words: for every concern that gives news of people away (inquiries,
// subscriptions, exchange). Protected persons (支援措置), and those of whom it is not sure, are not among
// them. On one connection, by one thread.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "town/inquiry/facts.h"
#include "town/inquiry/held.h"
#include "town/inquiry/requests.h"

namespace sonae::inquiry {

// Everybody's view of the town: sees no protected person, whatever the clerk at the desk may see.
registry::OutputFilter told_to_anybody(registry::Registry& registry, Date day);

// The people on lists and at the door of whom something may be told to somebody.
struct Gathered {
  std::vector<Known> people;
  std::vector<reception::Entry> entries;
  std::vector<std::size_t> person_of;  // of each entry
};
Gathered gather(town::Town& town, registry::Registry& registry, store::Connection& connection,
                const registry::OutputFilter& allowed);

// The newest entry that says something, as it stands now; absent where all are withdrawn.
std::optional<reception::Entry> newest_entry(store::Connection& connection, const Known& known);

// The names of protected persons, folded: whoever is called so is not told of without a resident behind them.
std::set<std::string> names_kept_out(const text::Tables& tables, registry::Registry& registry,
                                     const registry::OutputFilter& allowed);

// What is read out.
struct Words {
  Phrase plain;
  std::string easy;            // やさしい日本語
  std::vector<Sentence> said;  // the same for the tables of other languages
};
Words words_for(const reception::Entry& entry, const std::vector<Item>& told);
const Words& words_of_nothing();
const Words& words_of_referral();

}  // namespace sonae::inquiry

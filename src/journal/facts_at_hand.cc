#include "journal/facts_at_hand.h"

#include <algorithm>

#include "journal/tables.h"

namespace sonae::journal {

std::vector<Fact> facts_of(FoundAbout found, const Subject& subject) {
  for (const auto& [row, entry] : found.stored)
    if (std::ranges::find(entry->header.subjects, subject) != entry->header.subjects.end())
      found.read.push_back({row,
                            entry->leaf,
                            {entry->header, entry->header_bytes, entry->salt, entry->body,
                             entry->body_hash.has_value(), false}});
  return in_order(std::move(found.read));
}

FoundAbout FactsAtHand::about(const Subject& subject) const {
  FoundAbout found;
  bool all_at_hand = true;
  {
    const auto rows =
        connection_.query("SELECT row FROM journal_subject WHERE subject = $1", key_of(subject));
    while (all_at_hand && rows->next()) {
      const auto entry = entries_.find(rows->integer(0));
      all_at_hand = entry != entries_.end();
      if (all_at_hand) found.stored.push_back(*entry);
    }
  }
  if (!all_at_hand) return {.read = entries_about(connection_, subject), .stored = {}};
  found.never_folded = !found.stored.empty();
  return found;
}

}  // namespace sonae::journal

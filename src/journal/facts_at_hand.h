// The facts that a subject's rows are derived from, without reading again what has just been stored.
#pragma once

#include <unordered_map>
#include <utility>
#include <vector>

#include "journal/entries.h"

namespace sonae::journal {

// What was found about a subject. Finding asks the database; making facts of it does not, and may be done by
// another thread.
struct FoundAbout {
  std::vector<StoredFact> read;                                      // from the tables
  std::vector<std::pair<std::int64_t, const EntryToStore*>> stored;  // just now: its row, and what was stored
  // The subject was never folded, or not since the tables were made: there are no rows to remove.
  bool never_folded = false;
};

// By (time, id), each once, with what they supersede marked.
std::vector<Fact> facts_of(FoundAbout found, const Subject& subject);

// Entries that have just been stored in the transaction under way. Used by one thread.
class FactsAtHand {
 public:
  explicit FactsAtHand(store::Connection& connection) : connection_(connection) {}
  // Each row once. Entries that are not added are read. They outlive this and what it finds.
  void add(std::int64_t row, const EntryToStore& entry) { entries_.emplace(row, &entry); }
  void forget() { entries_.clear(); }

  FoundAbout about(const Subject& subject) const;

 private:
  store::Connection& connection_;
  std::unordered_map<std::int64_t, const EntryToStore*> entries_;
};

}  // namespace sonae::journal

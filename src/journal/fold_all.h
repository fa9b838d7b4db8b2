// Folds many subjects: one thread reads their facts and writes the rows, another derives the rows meanwhile.
// What is written, and in which order, is the same as one after another.
//
// So two threads may be in the folds of two subjects at once, and a fold's connection may only take its
// statements down, to be run later: how many rows they change is then not known, one that asks the database
// is folded on the real connection, and where a subject was never folded, statements that begin with DELETE
// are left out (View::fold removes only the subject's own rows).
#pragma once

#include <functional>
#include <span>
#include <unordered_map>

#include "journal/entries.h"
#include "journal/folding.h"

namespace sonae::journal {

// What a subject's rows are derived from.
struct FactsOfSubject {
  std::vector<Fact> facts;
  // The subject was never folded, or not since the tables were made: there are no rows to remove.
  bool never_folded = false;
};
using ReadFacts = std::function<FactsOfSubject(const Subject&)>;  // on the caller's thread

// Within a write transaction. Subjects that no view folds are passed over. Throws StoreError as Views::fold.
void fold_all(store::Connection& connection, const Blobs& blobs, BytesView town_key, const Views& views,
              std::span<const Subject> subjects, const ReadFacts& read);

// The facts of entries that have just been stored, without reading them again.
class FactsAtHand {
 public:
  explicit FactsAtHand(store::Connection& connection) : connection_(connection) {}
  // Each row once. Entries that are not added are read. They outlive this.
  void add(std::int64_t row, const EntryToStore& entry) { entries_.emplace(row, &entry); }
  void forget() { entries_.clear(); }

  FactsOfSubject about(const Subject& subject) const;

 private:
  store::Connection& connection_;
  std::unordered_map<std::int64_t, const EntryToStore*> entries_;
};

}  // namespace sonae::journal

// Folds many subjects: one thread finds their facts and writes the rows, another derives the rows meanwhile.
// What is written, and in which order, is the same as one after another.
//
// So two threads may be in the folds of two subjects at once, and a fold's connection may only take its
// statements down, to be run later: how many rows they change is then not known, one that asks the database
// is folded on the real connection, and where a subject was never folded, statements that begin with DELETE
// are left out (View::fold removes only the subject's own rows).
#pragma once

#include <functional>
#include <span>

#include "journal/facts_at_hand.h"
#include "journal/folding.h"

namespace sonae::journal {

using FindFacts = std::function<FoundAbout(const Subject&)>;  // on the caller's thread

// Within a write transaction. Subjects that no view folds are passed over. Throws StoreError as Views::fold.
void fold_all(store::Connection& connection, const Blobs& blobs, BytesView town_key, const Views& views,
              std::span<const Subject> subjects, const FindFacts& find);

}  // namespace sonae::journal

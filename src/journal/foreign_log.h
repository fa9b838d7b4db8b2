// Storing a range of another node's log within the writer's transaction.
#pragma once

#include "journal/admission.h"
#include "journal/ingest.h"
#include "store/store.h"

namespace sonae::journal {

struct RangeStored {
  std::vector<Subject> touched;  // of what was admitted; sorted, each once
  bool governing = false;        // facts came that decide which logs are admitted
};

// Checks everything, then writes the entries that are not here yet. invalid_input where the range is not
// signed, not_found where positions before it are missing, conflict where it is not what its checkpoint says.
// Where it is, and yet differs from what is here, its node signed two histories: the other one is kept apart
// as a branch (journal/fork.h).
// A log of `own`, the node that works here, is never lengthened from elsewhere (conflict).
Result<RangeStored> store_range(store::Connection& connection, const TownId& town, const LogRange& range,
                                const Ruling& ruling, const NodeId& own);

}  // namespace sonae::journal

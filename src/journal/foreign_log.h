// Storing a range of another node's log within the writer's transaction.
#pragma once

#include <span>

#include "journal/admission.h"
#include "journal/ready_range.h"
#include "store/store.h"

namespace sonae::journal {

struct RangeStored {
  std::vector<Subject> touched;  // of what was admitted; some repeatedly
  bool governing = false;        // facts came that decide which logs are admitted
  // Where its new entries stand now: rows from the first up to before the end. Equal: it brought none.
  std::int64_t first_new_row = 0;
  std::int64_t end_row = 0;
};

// The entries of the range that are new here, as store_range found.
std::span<const EntryToStore> new_entries(const ReadyRange& range, const RangeStored& stored);

// Checks everything, then writes the entries that are not here yet. invalid_input where the range is not
// signed, not_found where positions before it are missing, conflict where it is not what its checkpoint says.
// Where it is, and yet differs from what is here, its node signed two histories: the other one is kept apart
// as a branch (journal/fork.h).
// A log of `own`, the node that works here, is never lengthened from elsewhere (conflict).
Result<RangeStored> store_range(store::Connection& connection, const TownId& town, const ReadyRange& range,
                                const Ruling& ruling, const NodeId& own);

}  // namespace sonae::journal

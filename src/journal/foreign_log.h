// Storing a range of another node's log within the writer's transaction.
#pragma once

#include "journal/ingest.h"
#include "store/store.h"

namespace sonae::journal {

// Checks everything, then writes the entries that are not here yet. Returns their subjects, sorted, each
// once. invalid_input where the range is not what its checkpoint says, not_found where positions before it
// are missing, conflict where it contradicts what is here: the log was forked.
Result<std::vector<Subject>> store_range(store::Connection& connection, const TownId& town,
                                         const LogRange& range);

}  // namespace sonae::journal

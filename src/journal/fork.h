// Forks: two different entries at one position of one log, both under heads that its node signed. That is
// what two laptops from one image do, or a copy that went on under the old key. The first history that came
// here stays the log; the other ones are kept beside it as branches, and a person is asked. Branches are
// exchanged like logs, so every node holds all histories, whichever it calls the log.
#pragma once

#include <optional>
#include <vector>

#include "journal/entries.h"
#include "journal/ingest.h"

namespace sonae::journal {

struct Fork {
  LogId log;
  std::uint64_t position = 0;    // the first at which the histories differ
  std::uint64_t size = 0;        // of the branch, as its head says
  Bytes note;                    // that head, signed: the proof
  Bytes leaves;                  // the branch's leaf hashes from `position` to `size`, one after another
  std::uint64_t kept_apart = 0;  // how many entries of branches are here
};
// Every history beside the log that is here, each as far as it is known.
std::vector<Fork> forks(store::Connection& connection);

// The branch's tree at a size between `position` and `size`.
Hash root_of_branch(store::Connection& connection, const Fork& fork, std::uint64_t size);

// Entries of the branch's history from `first` on, as read_entries of reading.h.
std::vector<LogEntry> read_branch(store::Connection& connection, const Fork& fork, std::uint64_t first,
                                  std::uint64_t next, std::size_t most_bytes);

// What the branches of a log hold, and what the log itself holds from the fork on: every fact of either
// history once, for a person who takes them over.
std::vector<Fact> facts_after_fork(store::Connection& connection, const LogId& log, std::uint64_t position);

// Within a write transaction; nothing happens where they are here already.
void store_branch_entry(store::Connection& connection, std::int64_t log, std::uint64_t position,
                        const EntryToStore& entry);
// What the branch held of the same history before, and shorter, goes.
void store_fork(store::Connection& connection, std::int64_t log, std::uint64_t position, std::uint64_t size,
                BytesView note, BytesView leaves);

}  // namespace sonae::journal

// Forks: two different entries at one position of one log, both under heads that its node signed. That is
// what two laptops from one image do, or a copy that went on under the old key. The first history that came
// here stays the log; the other one is kept beside it as a branch, and a person is asked.
#pragma once

#include <vector>

#include "journal/entries.h"

namespace sonae::journal {

struct Fork {
  LogId log;
  std::uint64_t position = 0;    // the first at which the histories differ
  std::uint64_t size = 0;        // of the branch, as its head says
  Bytes note;                    // that head, signed: the proof
  std::uint64_t kept_apart = 0;  // how many entries of branches are here
};
std::vector<Fork> forks(store::Connection& connection);

// What the branches of a log hold, and what the log itself holds from the fork on: every fact of either
// history once, for a person who takes them over.
std::vector<Fact> facts_after_fork(store::Connection& connection, const LogId& log, std::uint64_t position);

// Within a write transaction; nothing happens where they are here already.
void store_branch_entry(store::Connection& connection, std::int64_t log, std::uint64_t position,
                        const EntryToStore& entry);
void store_fork(store::Connection& connection, std::int64_t log, std::uint64_t position, std::uint64_t size,
                BytesView note);

}  // namespace sonae::journal

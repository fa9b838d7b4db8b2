// Checks that a journal is what was written: every leaf hashed again, trees against signed checkpoints, facts
// against the index, blobs against their addresses, views against a rebuild.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/progress.h"
#include "journal/journal.h"

namespace sonae::journal {

struct Finding {
  std::string place;  // "log <node>/urgent position 17", "blob <address>", "view reception"
  Phrase what;
};

struct VerifyReport {
  std::uint64_t facts = 0;
  std::uint64_t erased = 0;
  std::uint64_t blobs = 0;
  std::uint64_t checkpoints = 0;
  std::vector<Finding> findings;  // empty: all is as it was written
  bool sound() const { return findings.empty(); }
};

struct VerifyOptions {
  bool views = true;  // also rebuild the views aside and compare the canonical dumps
};

// Works on two threads; they report in turn.
Result<VerifyReport> verify(Env& env, store::Database& database, const Options& options,
                            const std::vector<View*>& views, const VerifyOptions& what, Progress& progress);

// The canonical dump: every table of every view, in the views' order, as JSON lines; the same to the byte on
// every node that holds the same facts and blobs.
void dump(store::Connection& connection, const std::vector<View*>& views,
          const std::function<void(std::string_view line)>& write);

}  // namespace sonae::journal

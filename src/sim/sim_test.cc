#include <doctest/doctest.h>

#include "sim/history.h"
#include "sim/proofs_of_checks.h"

using namespace sonae;
using namespace sonae::sim;

namespace {

void lives_well(std::uint64_t seed) {
  const HistoryOutcome outcome = live_through({.seed = seed, .machines = 3, .steps = 50}, SONAE_DATA_DIR);
  CAPTURE(seed);
  for (const std::string& finding : outcome.findings)
    MESSAGE("step " << outcome.found_at << ": " << finding);
  CHECK(outcome.findings.empty());
  CHECK(outcome.acknowledged > 10);
  CHECK(outcome.members > 0);
}

}  // namespace

TEST_CASE("simulator: a few towns live through their troubles") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed)
    lives_well(seed);
}

TEST_CASE("simulator: the same seed is the same history") {
  const HistoryPlan plan{.seed = 11, .machines = 3, .steps = 30};
  const HistoryOutcome one = live_through(plan, SONAE_DATA_DIR), other = live_through(plan, SONAE_DATA_DIR);
  CHECK(one.digest == other.digest);
  CHECK(one.acknowledged == other.acknowledged);
}

TEST_CASE("simulator: what is broken on purpose is found") {
  for (const Sabotage sabotage :
       {Sabotage::signatures_not_checked, Sabotage::entry_dropped, Sabotage::last_writer_wins}) {
    CAPTURE(describe(sabotage));
    bool found = false;
    for (std::uint64_t seed = 1; seed <= 4 && !found; ++seed)
      found = !try_sabotage({.seed = seed, .machines = 2, .steps = 30, .sabotage = sabotage}, SONAE_DATA_DIR)
                   .by.empty();
    CHECK(found);
  }
}

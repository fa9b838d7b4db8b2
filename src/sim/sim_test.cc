#include <doctest/doctest.h>

#include "sim/history.h"
#include "sim/proofs_of_checks.h"

using namespace sonae;
using namespace sonae::sim;

namespace {

void lives_well(std::uint64_t seed) {
  const HistoryOutcome outcome = live_through({.seed = seed, .machines = 4, .steps = 80}, SONAE_DATA_DIR);
  CAPTURE(seed);
  for (const std::string& finding : outcome.findings)
    MESSAGE("step " << outcome.found_at << ": " << finding);
  CHECK(outcome.findings.empty());
  CHECK(outcome.acknowledged > 20);
  CHECK(outcome.members > 0);
}

}  // namespace

TEST_CASE("simulator: a few towns live through their troubles") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed)
    lives_well(seed);
}

TEST_CASE("simulator: the same seed is the same history") {
  const HistoryPlan plan{.seed = 11, .machines = 3, .steps = 60};
  const HistoryOutcome one = live_through(plan, SONAE_DATA_DIR), other = live_through(plan, SONAE_DATA_DIR);
  CHECK(one.digest == other.digest);
  CHECK(one.acknowledged == other.acknowledged);
}

TEST_CASE("simulator: what is broken on purpose is found") {
  for (const Sabotage sabotage : {Sabotage::signatures_not_checked, Sabotage::undo_forgotten,
                                  Sabotage::stream_left_out, Sabotage::entry_dropped}) {
    CAPTURE(describe(sabotage));
    CHECK_FALSE(catch_sabotage(sabotage, {.machines = 3, .steps = 60}, 1, 3, SONAE_DATA_DIR).by.empty());
  }
}

// Who changed this machine's plan of backups, when, and each value before and after: read from the facts
// backup.plan_changed and backup.plan_not_changed (vault/facts.h). Changes made in the file by hand are not
// in it.
#pragma once

#include <boost/describe.hpp>

#include <string>
#include <vector>

#include "journal/journal.h"
#include "vault/plan_change.h"

namespace sonae::vault {

struct PlanStep {
  FactId fact;
  Instant at;
  std::string by;  // as others know them; empty where the account is not here
  std::string table;
  PlanDifference what;
  bool carried_out = true;  // false: the file did not take its place, and is as it was
  std::string why_not;
};
BOOST_DESCRIBE_STRUCT(PlanStep, (), (fact, at, by, table, what, carried_out, why_not))

struct PlanHistory {
  std::vector<PlanStep> changes;  // the newest first, at most so many as kMostPlanSteps
};
BOOST_DESCRIBE_STRUCT(PlanHistory, (), (changes))

inline constexpr std::int64_t kMostPlanSteps = 200;

// Of the journal's own node. Any thread.
PlanHistory plan_history(journal::Journal& journal);

}  // namespace sonae::vault

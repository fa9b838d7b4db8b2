#include "vault/plan_history.h"

#include <map>

#include "town/access/accounts.h"
#include "vault/facts.h"

namespace sonae::vault {

PlanHistory plan_history(journal::Journal& journal) {
  PlanHistory history;
  std::map<FactId, std::string> failed;  // read before what they supersede, since they are newer
  const auto reader = journal.reader();
  const std::vector<journal::Fact> facts =
      journal::newest_facts_about(*reader, {"backup", journal.node().text()}, kMostPlanSteps);
  for (const journal::Fact& fact : facts) {
    if (fact.header.kind == "backup.plan_not_changed") {
      const auto body = fact.as<PlanNotChanged>();
      for (const FactId& one : fact.header.supersedes)
        failed[one] = body ? body->why : std::string();
      continue;
    }
    if (fact.header.kind != "backup.plan_changed" || fact.erased) continue;
    auto body = fact.as<PlanChanged>();
    if (!body) continue;
    PlanStep step;
    step.fact = fact.header.id;
    step.at = fact.header.time.wall;
    step.by = access::name_of(*reader, fact.header.grant);
    step.table = std::move(body->table);
    step.what = std::move(body->what);
    if (const auto found = failed.find(step.fact); found != failed.end()) {
      step.carried_out = false;
      step.why_not = found->second;
    }
    history.changes.push_back(std::move(step));
  }
  return history;
}

}  // namespace sonae::vault

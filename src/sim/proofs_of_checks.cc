#include "sim/proofs_of_checks.h"

namespace sonae::sim {

void each_sabotage(const std::function<void(Sabotage sabotage, std::string_view name)>& visit) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Sabotage>>([&](auto one) {
    if (one.value != Sabotage::none) visit(one.value, one.name);
  });
}

Trial try_sabotage(const HistoryPlan& plan, const std::string& data_directory) {
  const HistoryOutcome outcome = live_through(plan, data_directory);
  Trial trial{outcome.sabotaged, {}};
  if (!outcome.findings.empty()) {
    trial.by = outcome.findings.front();
  } else if (plan.sabotage == Sabotage::chance_from_outside &&
             live_through(plan, data_directory).digest != outcome.digest) {
    trial.by = "the same seed gave two histories";
  }
  return trial;
}

}  // namespace sonae::sim

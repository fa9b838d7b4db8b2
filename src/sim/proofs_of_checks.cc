#include "sim/proofs_of_checks.h"

namespace sonae::sim {

void each_sabotage(const std::function<void(Sabotage sabotage, std::string_view name)>& visit) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Sabotage>>([&](auto one) {
    if (one.value != Sabotage::none) visit(one.value, one.name);
  });
}

Caught catch_sabotage(Sabotage sabotage, HistoryPlan plan, std::uint64_t first_seed, std::uint64_t last_seed,
                      const std::string& data_directory) {
  plan.sabotage = sabotage;
  for (plan.seed = first_seed; plan.seed <= last_seed; ++plan.seed) {
    const HistoryOutcome outcome = live_through(plan, data_directory);
    if (!outcome.findings.empty()) return {plan.seed, outcome.findings.front()};
    if (sabotage == Sabotage::chance_from_outside &&
        live_through(plan, data_directory).digest != outcome.digest)
      return {plan.seed, "the same seed gave two histories"};
  }
  return {};
}

}  // namespace sonae::sim

// Proves that the checks find something: each sabotage is built into histories until it is found out.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sim/history.h"

namespace sonae::sim {

void each_sabotage(const std::function<void(Sabotage sabotage, std::string_view name)>& visit);

// What one history with a sabotage in it came to.
struct Trial {
  bool done = false;  // there was something to break
  std::string by;     // the finding; empty: it was not found out
};
Trial try_sabotage(const HistoryPlan& plan, const std::string& data_directory);

}  // namespace sonae::sim

// Proves that the checks find something: each sabotage is built into histories until one is found out.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sim/history.h"

namespace sonae::sim {

void each_sabotage(const std::function<void(Sabotage sabotage, std::string_view name)>& visit);

struct Caught {
  std::uint64_t seed = 0;  // the first history in which it was found out
  std::string by;          // the finding; empty: in none
};
Caught catch_sabotage(Sabotage sabotage, HistoryPlan plan, std::uint64_t first_seed, std::uint64_t last_seed,
                      const std::string& data_directory);

}  // namespace sonae::sim

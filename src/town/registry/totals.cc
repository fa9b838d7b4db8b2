// How many live here. Counted in one pass and kept while nothing changes.
#include <unordered_set>

#include "town/registry/inside.h"

namespace sonae::registry {

Registry::Inside::Totals Registry::Inside::totals(store::Connection& connection, const State& state,
                                                  const OutputFilter& filter, Date day) {
  const auto chosen_for = [&](const TotalsOfDay& counted) {
    return filter.sees_protected() ? counted.all : counted.without_protected;
  };
  {
    const std::lock_guard lock(mutex);
    if (totals_.generation == state.generation && totals_.day == day) return chosen_for(totals_);
  }
  TotalsOfDay counted;
  counted.generation = state.generation;
  counted.day = day;
  const auto hidden = protected_ids(state, day);
  std::unordered_set<std::uint64_t> households, households_shown;
  for_each(connection, state, [&](const ResidentRow& row) {
    if (!row.lives_here()) return;
    const std::uint64_t household = std::hash<std::string_view>{}(row.household);
    ++counted.all.residents;
    if (!row.household.empty()) households.insert(household);
    if (hidden->contains(row.id)) return;
    ++counted.without_protected.residents;
    if (!row.household.empty()) households_shown.insert(household);
  });
  counted.all.households = static_cast<std::int64_t>(households.size());
  counted.without_protected.households = static_cast<std::int64_t>(households_shown.size());
  const std::lock_guard lock(mutex);
  totals_ = counted;
  return chosen_for(counted);
}

}  // namespace sonae::registry

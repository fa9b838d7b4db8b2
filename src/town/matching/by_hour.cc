#include "town/matching/by_hour.h"

namespace sonae::matching {

std::map<Instant, std::int64_t> decisions_by_hour(store::Connection& connection) {
  std::map<Instant, std::int64_t> hours;
  // The first thirteen letters of a time: 2026-11-21T09.
  const auto row = connection.query(
      "SELECT substr(decided, 1, 13), COUNT(*) FROM matching_decision GROUP BY substr(decided, 1, 13)");
  while (row->next())
    if (const auto at = parse_rfc3339(row->string(0) + ":00:00Z")) hours[*at] += row->integer(1);
  return hours;
}

}  // namespace sonae::matching

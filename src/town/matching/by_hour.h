// How many entries people decided, by the hour: for those who look at the course of things.
#pragma once

#include <map>

#include "base/time.h"
#include "store/store.h"

namespace sonae::matching {

std::map<Instant, std::int64_t> decisions_by_hour(store::Connection& connection);

}  // namespace sonae::matching

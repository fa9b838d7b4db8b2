// For tests: the demonstration town's tables, opened once.
#pragma once

#include <cstdlib>

#include "base/env.h"
#include "demo/town.h"

namespace sonae::demo {

inline const Names& test_names() {
  static const Names names = *Names::open(real_env(), SONAE_DATA_DIR);
  return names;
}

inline const Places& test_places() {
  static const Places places = *Places::open(real_env(), SONAE_DATA_DIR);
  return places;
}

inline Town test_town(const TownOptions& options) {
  return Town(test_names(), test_places(), options);
}

}  // namespace sonae::demo

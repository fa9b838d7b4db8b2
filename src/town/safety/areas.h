// The areas that hold, read from the view.
#pragma once

#include <string>
#include <vector>

#include "store/store.h"
#include "town/safety/facts.h"

namespace sonae::safety {

struct StoredArea {
  AreaId area;
  FactId fact;
  std::string name;
  AreaKind kind = AreaKind::other;
  std::string geometry;  // GeoJSON text
  bool fictional = false;
};
std::vector<StoredArea> stored_areas(store::Connection& connection);  // by name

}  // namespace sonae::safety

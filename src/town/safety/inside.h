// What the parts of Safety share.
#pragma once

#include <mutex>

#include "town/safety/area.h"
#include "town/safety/safety.h"

namespace sonae::safety {

struct Safety::Inside {
  town::Town& town;
  access::Access& access;
  registry::Registry& registry;
  matching::Matching& matching;
  std::mutex mutex;
  std::shared_ptr<const PlacedResidents> placed;  // guarded by mutex; of the registry's state when last asked

  std::shared_ptr<const PlacedResidents> placed_residents();
  Result<Area> area(const AreaChoice& choice, std::optional<json::value>* geometry = nullptr) const;
};

}  // namespace sonae::safety

// Where the residents live: every address read once with the town's gazetteer and placed on the map, kept
// until the registry changes. Immutable after building; shared by all who ask.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "text/date.h"
#include "town/registry/registry.h"

namespace sonae::safety {

// A block of a town (番地), as far as the addresses name one.
struct Place {
  std::string town;   // as the gazetteer writes it; empty where the address names none that it knows
  std::string block;  // empty where the address names none
  std::optional<text::Position> position;
  bool exact = false;  // the position is the block's own, not only its town's
};

struct PlacedResident {
  std::string id;
  std::string household;
  std::uint32_t place = 0;  // index into PlacedResidents::places
  text::PartialDate birth;
  std::uint32_t needs = 0;  // bit n: the n-th of PlacedResidents::needs
};

struct PlacedResidents {
  std::string version;  // registry::Registry::version() that this shows
  std::vector<Place> places;
  std::vector<std::string> needs;         // names of needs that occur, at most 32
  std::vector<PlacedResident> residents;  // who live here, in the order of ids
};

// The towns of the gazetteer with the points that are known in each, for residents whose block is not known.
std::shared_ptr<const PlacedResidents> place_residents(const town::Town& town,
                                                       const registry::Registry& registry);

}  // namespace sonae::safety

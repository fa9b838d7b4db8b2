#include "town/safety/places.h"

#include <algorithm>
#include <unordered_map>

#include "text/address.h"

namespace sonae::safety {

namespace {

constexpr std::size_t kMostNeeds = 32;

// Bits for a list of needs joined by '、'; names that come up for the first time are added while there is
// room.
std::uint32_t needs_bits(std::string_view joined, std::vector<std::string>& names) {
  constexpr std::string_view separator = "、";
  std::uint32_t bits = 0;
  while (!joined.empty()) {
    const std::size_t end = joined.find(separator);
    const std::string_view name = joined.substr(0, end);
    joined = end == std::string_view::npos ? "" : joined.substr(end + separator.size());
    if (name.empty()) continue;
    auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      if (names.size() == kMostNeeds) continue;
      found = names.emplace(names.end(), name);
    }
    bits |= 1U << static_cast<unsigned>(found - names.begin());
  }
  return bits;
}

}  // namespace

std::shared_ptr<const PlacedResidents> place_residents(const town::Town& town,
                                                       const registry::Registry& registry) {
  auto placed = std::make_shared<PlacedResidents>();
  placed->version = registry.version();
  // Addresses repeat within a household, so each is read once.
  std::unordered_map<std::string, std::uint32_t> place_of_address;
  std::unordered_map<std::string, std::uint32_t> place_of_block;
  const text::Gazetteer& gazetteer = town.gazetteer();

  const auto place_of = [&](std::string_view written) {
    const auto [known, fresh] = place_of_address.try_emplace(std::string(written), 0);
    if (!fresh) return known->second;
    const text::Address address = text::parse_address(gazetteer, town.tables(), written);
    Place place;
    if (address.town_known) {
      place.town = address.town;
      place.block = address.block;
      if (const auto found = gazetteer.place(address.town, address.block)) {
        place.position = found->position;
        place.exact = found->exact;
      }
    }
    const auto [block, fresh_block] = place_of_block.try_emplace(
        place.town + '\n' + place.block, static_cast<std::uint32_t>(placed->places.size()));
    if (fresh_block) placed->places.push_back(std::move(place));
    return known->second = block->second;
  };

  registry.for_each_current([&](const registry::ResidentRow& row) {
    if (!row.lives_here()) return;
    placed->residents.push_back({std::string(row.id), std::string(row.household), place_of(row.address),
                                 row.birth, needs_bits(row.needs, placed->needs)});
  });
  return placed;
}

}  // namespace sonae::safety

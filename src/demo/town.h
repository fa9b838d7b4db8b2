// The demonstration town, household by household: any size, from a seed, in memory that does not grow with
// it.
//
//   Town town(names, places, {.seed = 1, .residents = 14'000});
//   while (const Household* household = town.next()) ...
//
// The same options give the same people on every machine. A Town is used by one thread at a time.
#pragma once

#include "demo/names.h"
#include "demo/places.h"
#include "demo/resident.h"

namespace sonae::demo {

struct TownOptions {
  std::uint64_t seed = 1;
  std::uint64_t residents = 14'000;
  Date as_of{2026, 11, 20};  // the day of the registry
};

class Town {
 public:
  // Both must outlive the town.
  Town(const Names& names, const Places& places, const TownOptions& options)
      : names_(names), places_(places), options_(options) {}

  // The next household, null at the end; valid until the next call. The last one is cut so that the number of
  // residents is exact.
  const Household* next();

  const TownOptions& options() const { return options_; }
  const Names& names() const { return names_; }
  const Places& places() const { return places_; }

 private:
  const Names& names_;
  const Places& places_;
  TownOptions options_;
  std::uint64_t people_ = 0, households_ = 0;
  Household household_;
};

// One household, made from nothing but what is given; its head is resident `first_number`.
Household make_household(const Names& names, const Places& places, const TownOptions& options,
                         std::uint64_t household, std::uint64_t first_number);

}  // namespace sonae::demo

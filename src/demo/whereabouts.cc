#include "demo/whereabouts.h"

#include <array>

namespace sonae::demo {

namespace {

// Shares of the households; what remains stayed at home, or is not heard of where the water came.
struct Fates {
  double at_shelter, with_relatives, away;
};
constexpr Fates kReached{0.70, 0.09, 0.04};
constexpr Fates kNotReached{0.13, 0.02, 0.03};

// Shares of the people of households that went to a shelter.
constexpr double kSomewhereElse = 0.06;  // at another shelter than the family
constexpr double kNotHeardOf = 0.05;     // not with them: at work, at sea, in hospital, missing
constexpr double kSplitWithRelatives = 0.02;

constexpr std::size_t kWithinReach = 4;  // shelters that a household chooses among, the nearest likelier

}  // namespace

std::string_view name_of(Whereabouts where) {
  static constexpr std::array<std::string_view, 5> kNames = {"shelter", "home", "relatives", "away",
                                                             "unknown"};
  return kNames[static_cast<std::size_t>(where)];
}

bool lives_where_the_tsunami_came(const Places& places, const Resident& resident) {
  return places.tsunami_reaches({resident.address.longitude, resident.address.latitude});
}

std::vector<Stay> stays_of(const Places& places, const TownOptions& options, const Household& household) {
  Dice dice(options.seed, Purpose::whereabouts, household.front().household);
  const Address& home = household.front().address;
  const bool reached = lives_where_the_tsunami_came(places, household.front());
  const Fates& fates = reached ? kReached : kNotReached;

  std::vector<Stay> stays(household.size());
  if (!dice.chance(fates.at_shelter)) {
    Whereabouts where = reached ? Whereabouts::unknown : Whereabouts::at_home;
    if (dice.chance(fates.with_relatives))
      where = Whereabouts::with_relatives;
    else if (dice.chance(fates.away))
      where = Whereabouts::away;
    for (Stay& stay : stays)
      stay.where = where;
    return stays;
  }

  const std::vector<std::uint32_t> near =
      places.nearest_shelters({home.longitude, home.latitude}, kWithinReach);
  const auto choose = [&] {
    const auto end = static_cast<std::uint32_t>(near.size());
    const std::uint32_t one = dice.below(end);
    return near[std::min(one, dice.below(end))];
  };
  const std::uint32_t together = choose();
  for (std::size_t i = 0; i < stays.size(); ++i) {
    stays[i] = {Whereabouts::at_shelter, together};
    const bool is_child = age_of(household[i], options.as_of) < 13;
    if (household.size() == 1 || is_child) continue;
    if (dice.chance(kSomewhereElse))
      stays[i].shelter = choose();
    else if (dice.chance(kNotHeardOf))
      stays[i].where = Whereabouts::unknown;
    else if (dice.chance(kSplitWithRelatives))
      stays[i].where = Whereabouts::with_relatives;
  }
  return stays;
}

}  // namespace sonae::demo

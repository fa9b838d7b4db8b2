#include "demo/arrivals.h"

#include <map>

#include "demo/numbers.h"

namespace sonae::demo {

namespace {

// Of all residents about this share is at shelters (whereabouts.cc); it sets how households are thinned out
// where only so many persons are wanted.
constexpr double kAtShelters = 0.47;
constexpr std::uint64_t kNeverInTheTown = 1ULL << 40;  // households that only make strangers

Resident stranger(const Names& names, const Places& places, const TownOptions& town, std::uint64_t which) {
  Resident person = make_household(names, places, town, kNeverInTheTown + which, kNeverInTheTown).front();
  person.id.clear();
  person.household_id.clear();
  return person;
}

// Tourists and people from neighbouring towns; their address is written as it stands here.
Resident visitor(const Names& names, const Places& places, const TownOptions& town, std::uint64_t which,
                 Dice& dice) {
  Resident person = stranger(names, places, town, which);
  person.address.town = dice.one_of<std::string_view>(
      {"大阪市", "大阪府堺市", "名古屋市中区", "奈良県", "兵庫県", "東京都", "那智勝浦町", "古座川町",
       "すさみ町", "新宮市", "和歌山市", "三重県熊野市", "ホテル宿泊", "旅行中"});
  person.address.block.clear();
  person.address.building.clear();
  person.phone = mobile(9'000'000 + which);
  return person;
}

class Desk {
 public:
  Desk(const Names& names, const Places& places, const TownOptions& town, const ListOptions& options)
      : names_(names),
        places_(places),
        town_(town),
        severity_(options.severity),
        groups_(places.open_shelters().size()) {
    if (options.persons != 0)
      thinned_ = static_cast<double>(options.persons) / (static_cast<double>(town.residents) * kAtShelters);
  }

  void receive(const Household& household) {
    Dice dice(town_.seed, Purpose::sheet, household.front().household);
    if (!dice.chance(std::min(1.0, thinned_))) return;
    const std::vector<Stay> stays = stays_of(places_, town_, household);
    std::map<std::uint32_t, Group> by_shelter;
    for (std::size_t i = 0; i < household.size(); ++i)
      if (stays[i].where == Whereabouts::at_shelter)
        by_shelter[stays[i].shelter].push_back({household[i], Who::resident});
    for (auto& [shelter, group] : by_shelter) {
      for (std::size_t i = 0; i < group.size(); ++i) {
        if (dice.chance(kRates.at_two_shelters * severity_)) write_elsewhere(dice, shelter, group[i]);
        if (dice.chance(kRates.twice_on_a_sheet * severity_)) groups_[shelter].push_back({group[i]});
        add_strangers(dice, shelter, household.front().household);
      }
      groups_[shelter].push_back(std::move(group));
    }
  }

  // In an order of arrival: who is written down twice does not stand beside oneself.
  std::vector<std::vector<Group>> finish() {
    for (std::size_t shelter = 0; shelter < groups_.size(); ++shelter) {
      Dice dice(town_.seed, Purpose::sheet, kNeverInTheTown + shelter);
      dice.shuffle(groups_[shelter]);
    }
    return std::move(groups_);
  }

 private:
  void write_elsewhere(Dice& dice, std::uint32_t shelter, const Arrival& arrival) {
    const auto other = dice.below(static_cast<std::uint32_t>(groups_.size()));
    if (other != shelter) groups_[other].push_back({arrival});
  }

  void add_strangers(Dice& dice, std::uint32_t shelter, std::uint64_t household) {
    if (dice.chance(kRates.visitor * severity_))
      groups_[shelter].push_back({{visitor(names_, places_, town_, household * 2, dice), Who::visitor}});
    if (dice.chance(kRates.moved_out * severity_)) {
      Resident person = stranger(names_, places_, town_, household * 2 + 1);
      person.phone.clear();
      groups_[shelter].push_back({{std::move(person), Who::moved_out}});
    }
  }

  const Names& names_;
  const Places& places_;
  const TownOptions& town_;
  double severity_;
  double thinned_ = 1;
  std::vector<std::vector<Group>> groups_;
};

}  // namespace

std::vector<std::vector<Group>> arrivals(const Names& names, const Places& places, const TownOptions& options,
                                         const ListOptions& list_options) {
  Desk desk(names, places, options, list_options);
  Town town(names, places, options);
  while (const Household* const household = town.next())
    desk.receive(*household);
  return desk.finish();
}

}  // namespace sonae::demo

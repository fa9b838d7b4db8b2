#include "demo/arrivals.h"

#include <map>

#include "demo/numbers.h"

namespace sonae::demo {

namespace {

// Of all residents about this share is at shelters (whereabouts.cc); it sets how households are thinned out
// where only so many persons are wanted.
constexpr double kAtShelters = 0.47;
constexpr std::uint64_t kNeverInTheTown = 1ULL << 40;  // households that only make strangers

// Tourists and people from neighbouring towns; their address is written as it stands here.
void make_visitor(Resident& person, const TownOptions& town) {
  Dice dice(town.seed, Purpose::visitor, person.household);
  person.address.town = dice.one_of<std::string_view>(
      {"大阪市", "大阪府堺市", "名古屋市中区", "奈良県", "兵庫県", "東京都", "那智勝浦町", "古座川町",
       "すさみ町", "新宮市", "和歌山市", "三重県熊野市", "ホテル宿泊", "旅行中"});
  person.address.block.clear();
  person.address.building.clear();
  person.phone = mobile(9'000'000 + person.household % 1'000'000);
}

class Desk {
 public:
  Desk(const Places& places, const TownOptions& town, const ListOptions& options)
      : places_(places), town_(town), severity_(options.severity), groups_(places.open_shelters().size()) {
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
        by_shelter[stays[i].shelter].push_back({household.front().household, household.front().number,
                                                static_cast<std::uint32_t>(i), Who::resident});
    for (auto& [shelter, group] : by_shelter) {
      for (std::size_t i = 0; i < group.size(); ++i) {
        if (dice.chance(kRates.at_two_shelters * severity_)) write_elsewhere(dice, shelter, group[i]);
        if (dice.chance(kRates.twice_on_a_sheet * severity_)) groups_[shelter].push_back({group[i]});
        add_strangers(dice, shelter);
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

  void add_strangers(Dice& dice, std::uint32_t shelter) {
    for (const auto& [rate, who] :
         {std::pair{kRates.visitor, Who::visitor}, std::pair{kRates.moved_out, Who::moved_out}})
      if (dice.chance(rate * severity_))
        groups_[shelter].push_back({{kNeverInTheTown + strangers_++, kNeverInTheTown, 0, who}});
  }

  const Places& places_;
  const TownOptions& town_;
  double severity_;
  std::uint64_t strangers_ = 0;
  double thinned_ = 1;
  std::vector<std::vector<Group>> groups_;
};

}  // namespace

std::vector<std::vector<Group>> arrivals(const Names& names, const Places& places, const TownOptions& options,
                                         const ListOptions& list_options) {
  Desk desk(places, options, list_options);
  Town town(names, places, options);
  while (const Household* const household = town.next())
    desk.receive(*household);
  return desk.finish();
}

std::vector<Resident> people_of(const Names& names, const Places& places, const TownOptions& town,
                                const Group& group) {
  std::vector<Resident> people;
  Household household;
  for (const Arrival& arrival : group) {
    if (household.empty() || household.front().household != arrival.household)
      household = make_household(names, places, town, arrival.household, arrival.first_number);
    Resident& person = people.emplace_back(household[arrival.member]);
    if (arrival.who == Who::resident) continue;
    person.id.clear();
    person.household_id.clear();
    if (arrival.who == Who::visitor)
      make_visitor(person, town);
    else
      person.phone.clear();
  }
  return people;
}

}  // namespace sonae::demo

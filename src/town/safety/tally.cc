#include "town/safety/tally.h"

#include <algorithm>
#include <array>
#include <map>

namespace sonae::safety {

namespace {

struct AgeBand {
  int least;
  int most;
  Phrase name;
};

// The bands that shelters and rescue plan by: infants, school children, adults, the old, the very old.
const std::array<AgeBand, 5>& bands() {
  static const std::array<AgeBand, 5> all{{{0, 5, {"0〜5歳", "0-5"}},
                                           {6, 14, {"6〜14歳", "6-14"}},
                                           {15, 64, {"15〜64歳", "15-64"}},
                                           {65, 74, {"65〜74歳", "65-74"}},
                                           {75, 200, {"75歳以上", "75 and over"}}}};
  return all;
}

// The band that all possible ages lie in; bands().size() where that is not one band.
std::size_t band_of(text::PartialDate birth, Date today) {
  const auto ages = text::ages_on(birth, today);
  if (!ages) return bands().size();
  for (std::size_t i = 0; i < bands().size(); ++i)
    if (ages->least >= bands()[i].least && ages->most <= bands()[i].most) return i;
  return bands().size();
}

// Blocks in the order of the street: 2 before 12, 12 before 12-3.
bool block_before(std::string_view one, std::string_view other) {
  for (;;) {
    if (one.empty() || other.empty()) return one.size() < other.size();
    const auto digits = [](std::string_view text) {
      return std::min(text.find_first_not_of("0123456789"), text.size());
    };
    const std::size_t here = digits(one), there = digits(other);
    if (here > 0 && there > 0) {
      if (here != there) return here < there;
      if (const int order = one.substr(0, here).compare(other.substr(0, there)); order != 0) return order < 0;
      one.remove_prefix(here);
      other.remove_prefix(there);
      continue;
    }
    if (one.front() != other.front()) return one.front() < other.front();
    one.remove_prefix(1);
    other.remove_prefix(1);
  }
}

void count(Count& into, bool confirmed) {
  ++into.residents;
  ++(confirmed ? into.confirmed : into.unconfirmed);
}

}  // namespace

std::vector<Standing> standings(store::Connection& connection, const PlacedResidents& placed) {
  std::vector<Standing> all(placed.residents.size(), Standing::unconfirmed);
  matching::for_each_confirmed(connection, [&](const ResidentId& id, const EntryId&, matching::How how) {
    const auto found =
        std::lower_bound(placed.residents.begin(), placed.residents.end(), id.text(),
                         [](const PlacedResident& one, const std::string& text) { return one.id < text; });
    if (found == placed.residents.end() || found->id != id.text()) return;
    Standing& standing = all[static_cast<std::size_t>(found - placed.residents.begin())];
    standing = std::max(standing, how == matching::How::decided ? Standing::by_person : Standing::by_machine);
  });
  return all;
}

Tally tally(const PlacedResidents& placed, const std::vector<Where>& where,
            const std::vector<Standing>& standing, const registry::OutputFilter& filter, Date today,
            Language language) {
  Tally result;
  UnconfirmedAnswer& numbers = result.numbers;
  std::vector<Count> by_age(bands().size() + 1), by_need(placed.needs.size());
  std::map<std::string, Count> by_town;
  for (std::uint32_t i = 0; i < placed.residents.size(); ++i) {
    const PlacedResident& resident = placed.residents[i];
    const Where lies = where[resident.place];
    if (lies == Where::outside || !filter.may_show(resident.id)) continue;
    const bool confirmed = standing[i] != Standing::unconfirmed;
    if (lies == Where::uncertain) {
      ++numbers.not_placed;
      if (!confirmed) {
        ++numbers.not_placed_unconfirmed;
        result.not_placed.push_back(i);
      }
      continue;
    }
    ++numbers.residents;
    ++(confirmed ? numbers.confirmed : numbers.unconfirmed);
    if (standing[i] == Standing::by_machine) ++numbers.confirmed_by_machine;
    if (!confirmed) result.unconfirmed.push_back(i);
    count(by_age[band_of(resident.birth, today)], confirmed);
    for (std::size_t need = 0; need < placed.needs.size(); ++need)
      if ((resident.needs >> need & 1U) != 0) count(by_need[need], confirmed);
    count(by_town[placed.places[resident.place].town], confirmed);
  }

  for (std::size_t i = 0; i < by_age.size(); ++i) {
    by_age[i].name =
        i < bands().size() ? bands()[i].name.in(language) : Phrase{"年齢不詳", "not known"}.in(language);
    if (by_age[i].residents > 0) numbers.by_age.push_back(by_age[i]);
  }
  for (std::size_t i = 0; i < by_need.size(); ++i) {
    by_need[i].name = placed.needs[i];
    if (by_need[i].residents > 0) numbers.by_need.push_back(by_need[i]);
  }
  for (auto& [name, one] : by_town) {
    one.name = name.empty() ? Phrase{"（町字不明）", "(town not known)"}.in(language) : name;
    numbers.by_town.push_back(std::move(one));
  }

  const auto walk_order = [&](std::uint32_t one, std::uint32_t other) {
    const PlacedResident &a = placed.residents[one], &b = placed.residents[other];
    const Place &at = placed.places[a.place], &bt = placed.places[b.place];
    if (at.town != bt.town) return at.town < bt.town;
    if (at.block != bt.block) return block_before(at.block, bt.block);
    return std::tie(a.household, a.id) < std::tie(b.household, b.id);
  };
  std::sort(result.unconfirmed.begin(), result.unconfirmed.end(), walk_order);
  std::sort(result.not_placed.begin(), result.not_placed.end(), walk_order);
  return result;
}

}  // namespace sonae::safety

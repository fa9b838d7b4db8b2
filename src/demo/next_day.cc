#include "demo/next_day.h"

#include <array>

#include "demo/numbers.h"
#include "demo/variants.h"

namespace sonae::demo {

namespace {

constexpr double kHouseholdMovesOut = 0.0008;
constexpr double kDies = 0.0004;  // of those over 65; of the others a tenth
constexpr double kVanishes = 0.0003;
constexpr double kChanges = 0.002;
constexpr double kBearsToday = 0.15;              // of pregnant women
constexpr std::uint64_t kArrivalsPerMany = 2000;  // one household moves in for so many residents

// Those who come later have numbers far above everybody's of the first day.
constexpr std::uint64_t kFirstNewNumber = 300'000'000;

}  // namespace

std::string_view name_of(Change change) {
  static constexpr std::array<std::string_view, 6> kNames = {"moved_in", "born",    "moved_out",
                                                             "died",     "changed", "vanished"};
  return kNames[static_cast<std::size_t>(change)];
}

void NextDay::change(Dice& dice, Resident& resident) {
  const auto changed = [&](std::string_view item) {
    differences_.push_back({Change::changed, resident.id, std::string(item)});
  };
  switch (dice.below(4)) {
    case 0: {  // a mistake in the kana is put right, or made
      if (resident.given.kana.ends_with("コ"))
        resident.given.kana.replace(resident.given.kana.size() - std::string("コ").size(), std::string::npos,
                                    "エ");
      else
        resident.given.kana += "コ";
      return changed("kana");
    }
    case 1:
      resident.phone = mobile(5'000'000 + resident.number);
      return changed("phone");
    case 2: {  // married, divorced, adopted
      if (resident.foreign) break;
      const Reading before = resident.family;
      while (resident.family.written == before.written || resident.family.kana == before.kana)
        resident.family = town_.names().family(dice);
      changed("name");
      return changed("kana");
    }
    default:
      break;
  }
  const Address before = resident.address;
  while (resident.address.town == before.town)
    resident.address = town_.places().home(dice, town_.options().residents / 2 + 1);
  changed("address");
}

void NextDay::leave(Dice& dice, Household& household) {
  if (dice.chance(kHouseholdMovesOut)) {
    for (Resident& resident : household) {
      resident.state = State::moved_out;
      differences_.push_back({Change::moved_out, resident.id, {}});
    }
    return;
  }
  for (std::size_t i = household.size(); i-- > 0;) {
    Resident& resident = household[i];
    const bool old = age_of(resident, town_.options().as_of) >= 65;
    const bool leaves_a_family_without_head = i == 0 && household.size() > 1;
    const bool dies = dice.chance(old ? kDies : kDies / 10);
    const bool vanishes = dice.chance(kVanishes);
    if (leaves_a_family_without_head) continue;
    if (dies) {
      resident.state = State::died;
      differences_.push_back({Change::died, resident.id, {}});
    } else if (vanishes) {
      differences_.push_back({Change::vanished, resident.id, {}});
      household.erase(household.begin() + static_cast<std::ptrdiff_t>(i));
    } else if (dice.chance(kChanges)) {
      change(dice, resident);
    }
  }
}

void NextDay::bear(Household& household) {
  Dice dice(town_.options().seed, Purpose::next_day, kFirstNewNumber + household.front().household);
  for (std::size_t i = 0; i < household.size(); ++i) {
    const Resident mother = household[i];
    const bool pregnant =
        std::find(mother.needs.begin(), mother.needs.end(), Need::pregnant) != mother.needs.end();
    if (!pregnant || mother.foreign || mother.state != State::resident || !dice.chance(kBearsToday)) continue;
    Resident child = mother;
    const Date today = town_.options().as_of;
    child.number = kFirstNewNumber + born_++;
    child.id = resident_id(child.number);
    child.sex = dice.chance(0.5) ? Sex::male : Sex::female;
    child.given = town_.names().given(dice, child.sex, today.year);
    child.birth = {today.year, today.month, today.day};
    child.resident_since = today;
    child.relation = mother.relation == "20" || mother.relation == "2012" ? "2020" : "20";
    child.resident_code = resident_code(child.number);
    child.personal_number = personal_number(child.number);
    child.needs = {Need::infant};
    child.care_level = 0;
    child.phone.clear();
    differences_.push_back({Change::born, child.id, {}});
    household.push_back(std::move(child));
    return;
  }
}

void NextDay::happen(Household& household) {
  Dice dice(town_.options().seed, Purpose::next_day, household.front().household);
  leave(dice, household);
  if (!household.empty()) bear(household);
}

const Household* NextDay::newcomers() {
  if (arrived_ * kArrivalsPerMany >= people_) return nullptr;
  const std::uint64_t number = kFirstNewNumber * 2 + arrived_ * 16;
  household_ = make_household(town_.names(), town_.places(), town_.options(), number, number);
  ++arrived_;
  for (Resident& resident : household_) {
    resident.resident_since = town_.options().as_of;
    differences_.push_back({Change::moved_in, resident.id, {}});
  }
  return &household_;
}

const Household* NextDay::next() {
  while (const Household* const yesterday = town_.next()) {
    people_ += yesterday->size();
    household_ = *yesterday;
    happen(household_);
    if (!household_.empty()) return &household_;
  }
  return newcomers();
}

}  // namespace sonae::demo

// How a composition of ages and relations becomes people with names, dates, numbers and needs.
#include <fmt/format.h>

#include "demo/composition.h"
#include "demo/numbers.h"
#include "demo/town.h"

namespace sonae::demo {

namespace {

constexpr double kProtected = 0.001;           // 支援措置
constexpr std::uint64_t kSurelyProtected = 4;  // households that are protected in every town of some size
constexpr double kBirthPartlyUnknown = 0.002;  // of those over 75, and of foreigners
constexpr double kAlias = 0.3;                 // of foreigners have a 通称

text::PartialDate draw_birth(Dice& dice, int age, Date as_of) {
  // Any of the days that give that age; a year has 365.2425 of them.
  const auto days = static_cast<std::int32_t>(age * 365.2425) + dice.between(0, 364);
  const Date day = date_of_days(days_since_epoch(as_of) - days);
  return {day.year, day.month, day.day};
}

// Many have lived here since birth, the others since some day after it.
Date draw_since(Dice& dice, text::PartialDate birth, int age, Date as_of) {
  const Date born{birth.year, birth.month, birth.day};
  const int years = dice.between(0, 70);
  const int days = dice.between(0, 364);
  return years >= age ? born : std::max(born, date_of_days(days_since_epoch(as_of) - years * 365 - days));
}

void forget_parts_of_birth(Dice& dice, Resident& resident, int age) {
  if ((age <= 75 && !resident.foreign) || !dice.chance(kBirthPartlyUnknown)) return;
  resident.birth.day = 0;
  if (dice.chance(0.6)) resident.birth.month = 0;
}

void draw_needs(Dice& dice, Resident& resident, int age, bool in_a_care_home) {
  const auto need = [&](double probability, Need which) {
    if (dice.chance(probability)) resident.needs.push_back(which);
  };
  if (age < 3) resident.needs.push_back(Need::infant);
  if (resident.sex == Sex::female && age >= 20 && age <= 42) need(0.03, Need::pregnant);
  const double care = in_a_care_home ? 1 : age >= 85 ? 0.48 : age >= 75 ? 0.15 : age >= 65 ? 0.03 : 0.002;
  if (dice.chance(care)) {
    resident.needs.push_back(Need::care);
    resident.care_level = in_a_care_home ? dice.between(3, 5) : dice.around(1, 5);
    need(resident.care_level >= 3 ? 0.5 : 0.1, Need::wheelchair);
    need(0.3, Need::dementia);
  }
  if (age >= 40) need(0.004, Need::dialysis);
  if (age >= 60) need(0.003, Need::oxygen);
  need(0.003, Need::blind);
  need(0.003, Need::deaf);
  need(0.005, Need::intellectual);
}

void name_foreigner(const Names& names, Dice& dice, Resident& resident) {
  resident.foreign = true;
  resident.country = names.country(dice);
  const ForeignName& name = names.foreign(dice, resident.country, resident.sex);
  resident.family = name.family;
  resident.given = name.given;
  if (!dice.chance(kAlias)) return;
  const Reading family = names.family(dice);
  const Reading given = names.given(dice, resident.sex, 1975);
  resident.alias = {family.written + "　" + given.written, family.kana + "　" + given.kana};
}

void draw_phone(Dice& dice, Resident& resident, int age) {
  const bool has_mobile = age >= 15 && dice.chance(age >= 80 ? 0.35 : 0.85);
  const bool at_home = dice.chance(age >= 65 ? 0.75 : 0.25);
  if (at_home) resident.phone = landline(resident.household);
  if (resident.phone.empty() && has_mobile) resident.phone = mobile(resident.number);
}

}  // namespace

Household make_household(const Names& names, const Places& places, const TownOptions& options,
                         std::uint64_t household, std::uint64_t first_number) {
  Dice dice(options.seed, Purpose::household, household);
  const Composition composition = compose_household(dice);
  const bool in_a_care_home = composition.kind == Composition::Kind::care_home;
  const std::uint64_t about_households = options.residents / 2 + 1;
  const Address address =
      in_a_care_home ? places.care_home(dice.below(3)) : places.home(dice, about_households);
  const Reading surname = names.family(dice);
  const bool is_protected =
      dice.chance(kProtected) || (household % 97 == 41 && household < 97 * kSurelyProtected);

  Household people(composition.members.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Member& member = composition.members[i];
    Resident& resident = people[i];
    resident.number = first_number + i;
    resident.household = household;
    resident.id = resident_id(resident.number);
    resident.household_id = household_id(household);
    resident.sex = member.sex;
    resident.birth = draw_birth(dice, member.age, options.as_of);
    const bool foreign = composition.kind == Composition::Kind::foreign_worker ||
                         (composition.kind == Composition::Kind::two_countries && member.own_surname);
    if (foreign) {
      name_foreigner(names, dice, resident);
    } else {
      resident.family = member.own_surname ? names.family(dice) : surname;
      do  // nobody is called as somebody else of the household
        resident.given = names.given(dice, member.sex, resident.birth.year);
      while (std::any_of(people.begin(), people.begin() + static_cast<std::ptrdiff_t>(i),
                         [&](const Resident& r) { return r.given.written == resident.given.written; }));
    }
    resident.relation = member.relation;
    resident.head_name = full_name(people.front());
    resident.address = address;
    resident.resident_since = draw_since(dice, resident.birth, member.age, options.as_of);
    forget_parts_of_birth(dice, resident, member.age);
    resident.resident_code = resident_code(resident.number);
    resident.personal_number = personal_number(resident.number);
    resident.is_protected = is_protected;
    draw_phone(dice, resident, member.age);
    draw_needs(dice, resident, member.age, in_a_care_home);
  }
  return people;
}

const Household* Town::next() {
  if (people_ >= options_.residents) return nullptr;
  household_ = make_household(names_, places_, options_, households_++, people_);
  if (people_ + household_.size() > options_.residents)
    household_.resize(static_cast<std::size_t>(options_.residents - people_));
  people_ += household_.size();
  return &household_;
}

}  // namespace sonae::demo

#include "demo/composition.h"

#include <array>

namespace sonae::demo {

namespace {

// Shares of the households, in per mille: made up, so that the sum of ages resembles 串本町's (about 45 % of
// 65 or older, 8 % under 15, two people in a household).
struct Share {
  int per_mille;
  void (*make)(Dice&, Composition&);
};

Sex either(Dice& dice) {
  return dice.chance(0.5) ? Sex::male : Sex::female;
}
Sex other(Sex sex) {
  return sex == Sex::male ? Sex::female : Sex::male;
}

void add(Composition& home, std::string_view relation, Sex sex, int age, bool own_surname = false) {
  home.members.push_back({relation, sex, std::clamp(age, 0, 107), own_surname});
}

// The head, mostly the husband, and husband or wife; one couple in a hundred is not registered as married.
void add_couple(Dice& dice, Composition& home, int age) {
  const Sex head = dice.chance(0.93) ? Sex::male : Sex::female;
  const int partner = std::max(20, age + (head == Sex::male ? -2 : 2) + dice.around(-5, 5));
  const bool married = !dice.chance(0.012);
  add(home, "02", head, age);
  if (head == Sex::male)
    add(home, married ? "12" : "14", other(head), partner, !married);
  else
    add(home, married ? "11" : "13", other(head), partner, !married);
}

// Children of the youngest adult so far, at an age at which people have them.
void add_minors(Dice& dice, Composition& home, std::string_view relation, int parent_age, int most) {
  const int count = 1 + static_cast<int>(dice.below(static_cast<std::uint32_t>(most)));
  int age = parent_age - dice.around(21, 36);
  for (int i = 0; i < count && age >= 0; ++i, age -= dice.between(1, 4)) {
    const Sex sex = either(dice);
    add(home, relation, sex, age);
  }
}

// (Draws stand in statements of their own: the order of arguments is the compiler's choice.)
void old_person_alone(Dice& dice, Composition& home) {
  const Sex sex = dice.chance(0.70) ? Sex::female : Sex::male;
  const int age = dice.between(65, sex == Sex::female ? 88 : 82);
  add(home, "02", sex, age + dice.between(0, 11));
}

void person_alone(Dice& dice, Composition& home) {
  const Sex sex = dice.chance(0.62) ? Sex::male : Sex::female;
  add(home, "02", sex, dice.between(19, 64));
}

void old_couple(Dice& dice, Composition& home) {
  add_couple(dice, home, dice.around(65, 92));
}

void middle_couple(Dice& dice, Composition& home) {
  add_couple(dice, home, dice.around(32, 66));
}

void family_with_minors(Dice& dice, Composition& home) {
  const int age = dice.around(26, 55);
  add_couple(dice, home, age);
  add_minors(dice, home, "20", std::min(age, home.members.back().age), 3);
}

void one_parent_with_minors(Dice& dice, Composition& home) {
  const int age = dice.around(24, 52);
  add(home, "02", dice.chance(0.86) ? Sex::female : Sex::male, age);
  add_minors(dice, home, "20", age, 2);
}

void old_couple_with_grown_child(Dice& dice, Composition& home) {
  const int age = dice.around(62, 92);
  add_couple(dice, home, age);
  const Sex sex = dice.chance(0.6) ? Sex::male : Sex::female;
  add(home, "20", sex, std::max(18, age - dice.around(24, 38)));
}

void grown_child_with_old_parent(Dice& dice, Composition& home) {
  const int age = dice.around(40, 70);
  add(home, "02", either(dice), age);
  const Sex parent = dice.chance(0.8) ? Sex::female : Sex::male;
  add(home, parent == Sex::female ? "52" : "51", parent, age + dice.around(21, 34));
}

void three_generations(Dice& dice, Composition& home) {
  const int age = dice.around(30, 56);
  add_couple(dice, home, age);
  add_minors(dice, home, "20", std::min(age, home.members.back().age), 3);
  if (dice.chance(0.5)) add(home, "51", Sex::male, age + dice.around(24, 34));
  const bool of_the_wife = dice.chance(0.15);
  add(home, of_the_wife ? "1252" : "52", Sex::female, age + dice.around(21, 31), of_the_wife);
}

void old_couple_with_young_family(Dice& dice, Composition& home) {
  const int age = dice.around(62, 80);
  add_couple(dice, home, age);
  const int child = age - dice.around(24, 34);
  add(home, "20", Sex::male, child);
  add(home, "2012", Sex::female, child - dice.around(-3, 6));
  add_minors(dice, home, "2020", std::min(child, home.members.back().age), 2);
}

void brothers_and_sisters(Dice& dice, Composition& home) {
  const int age = dice.around(50, 88);
  add(home, "02", either(dice), age);
  const Sex sex = either(dice);
  add(home, sex == Sex::male ? "74" : "84", sex, age - dice.between(1, 6));
}

void people_sharing(Dice& dice, Composition& home) {
  home.kind = Composition::Kind::mixed;
  const Sex head = either(dice);
  add(home, "02", head, dice.around(25, 80));
  const std::string_view relation = dice.chance(0.6) ? "99" : "96";
  const Sex sex = either(dice);
  add(home, relation, sex, dice.around(20, 80), true);
}

// Each one a household of its own in the registry, all at one address.
void in_a_care_home(Dice& dice, Composition& home) {
  home.kind = Composition::Kind::care_home;
  const Sex sex = dice.chance(0.74) ? Sex::female : Sex::male;
  add(home, "02", sex, dice.around(74, 103));
}

void foreign_worker(Dice& dice, Composition& home) {
  home.kind = Composition::Kind::foreign_worker;
  const Sex sex = either(dice);
  add(home, "02", sex, dice.around(19, 40));
}

void family_of_two_countries(Dice& dice, Composition& home) {
  home.kind = Composition::Kind::two_countries;
  const int age = dice.around(30, 62);
  add(home, "02", Sex::male, age);
  const int wife = age - dice.around(0, 16);
  add(home, "12", Sex::female, std::max(wife, 20), true);
  if (dice.chance(0.6)) add_minors(dice, home, "20", home.members.back().age, 2);
}

constexpr std::array kShares = {
    Share{215, old_person_alone},
    Share{165, person_alone},
    Share{165, old_couple},
    Share{110, middle_couple},
    Share{78, family_with_minors},
    Share{22, one_parent_with_minors},
    Share{82, old_couple_with_grown_child},
    Share{62, grown_child_with_old_parent},
    Share{14, three_generations},
    Share{10, old_couple_with_young_family},
    Share{10, brothers_and_sisters},
    Share{8, people_sharing},
    Share{30, in_a_care_home},
    Share{6, foreign_worker},
    Share{3, family_of_two_countries},
};

}  // namespace

Composition compose_household(Dice& dice) {
  static const Weights weights = [] {
    Weights sums;
    for (const Share& share : kShares)
      sums.add(static_cast<std::uint32_t>(share.per_mille));
    return sums;
  }();
  Composition home;
  kShares[weights.draw(dice)].make(dice, home);
  return home;
}

}  // namespace sonae::demo

// Who lives together: the kinds of household of a shrinking town on the coast, about 45 % of whose people are
// 65 or older. Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "demo/dice.h"
#include "demo/names.h"

namespace sonae::demo {

struct Member {
  std::string_view relation;  // 続柄 codes
  Sex sex = Sex::male;
  int age = 0;
  bool own_surname = false;  // does not bear the head's
};

struct Composition {
  std::vector<Member> members;  // the head first
  enum class Kind { family, care_home, foreign_worker, two_countries, mixed } kind = Kind::family;
};

Composition compose_household(Dice& dice);

}  // namespace sonae::demo

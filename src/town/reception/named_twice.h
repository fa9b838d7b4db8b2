// Somebody who came without a name, named by two who did not know of each other: the device at the door and
// the shelter's desk. Where both say the same it is one naming; else it is a question for a person. Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "town/reception/facts.h"

namespace sonae::reception {

// What one of them said.
struct Naming {
  Person person;
  std::string shelter;
};

// One form for all spellings that mean the same: text/fold.h.
using NameFold = std::function<std::string(std::string_view)>;

// Whether it is one name, in kanji or in kana. A reading that differs makes it another name.
bool is_one_name(const Person& one, const Person& other, const NameFold& fold);

// What both say together, where `before` was written first and has no name: of each item what one of them
// added or changed; absent where each said something else. Addresses, telephones and families of one name are
// no question: the first holds.
std::optional<Naming> together(const Naming& before, const Naming& one, const Naming& other,
                               const NameFold& fold);

}  // namespace sonae::reception

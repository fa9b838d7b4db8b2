// The other forms under which a foreign resident is known: without the middle names, in Latin letters as well
// as in kana, a Chinese or Korean name by its Japanese, Chinese and Korean reading. Any thread.
#pragma once

#include <string>
#include <vector>

#include "link/record.h"

namespace sonae::link {

struct NameForm {
  std::string family, given;            // empty where the form is a reading only
  std::string family_kana, given_kana;  // empty where the form is a spelling only
};

// Nothing for nearly everybody: a name that begins with a Latin letter, or whose family name is a Chinese or
// Korean one and read as such.
std::vector<NameForm> other_forms(const Record& record);

}  // namespace sonae::link

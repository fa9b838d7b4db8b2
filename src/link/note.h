// What a free note tells for matching: a phone number, a former family name (旧姓). All else is for people.
#pragma once

#include <string_view>

namespace sonae::link {

struct Note {
  std::string_view phone;               // as written; empty where there is none
  std::string_view former_family_name;  // as written
};

Note read_note(std::string_view written);

}  // namespace sonae::link

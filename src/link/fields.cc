#include "link/fields.h"

namespace sonae::link {

std::string_view name_of(Field field) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "family_name", "given_name", "name_order", "birth_date", "age",
      "sex",         "address",    "phone",      "code",       "household"};
  return kNames[static_cast<std::size_t>(field)];
}

}  // namespace sonae::link

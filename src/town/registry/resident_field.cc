#include "town/registry/resident_field.h"

#include <boost/mp11.hpp>

namespace sonae::registry {

std::optional<Field> field_named(std::string_view name) {
  std::optional<Field> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Field>>([&](auto enumerator) {
    if (name == enumerator.name) found = enumerator.value;
  });
  return found;
}

std::string_view name_of(Field field) {
  return boost::describe::enum_to_string(field, "");
}

}  // namespace sonae::registry

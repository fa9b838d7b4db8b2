#include "json_path.h"

#include <charconv>

namespace sonae::scenario {

json::value at_path(const json::value& value, std::string_view path) {
  if (path.empty()) return value;
  if (path.front() == '.') path.remove_prefix(1);
  if (path.front() == '[') {
    std::size_t index = 0;
    const std::size_t close = path.find(']');
    if (close == std::string_view::npos || !value.is_array()) return nullptr;
    std::from_chars(path.data() + 1, path.data() + close, index);
    if (index >= value.get_array().size()) return nullptr;
    return at_path(value.get_array()[index], path.substr(close + 1));
  }
  const std::size_t end = path.find_first_of(".[");
  const std::string_view name = path.substr(0, end);
  if (value.is_array() && name == "count") return static_cast<std::int64_t>(value.get_array().size());
  if (!value.is_object()) return nullptr;
  const json::value* const member = value.get_object().if_contains(name);
  if (member == nullptr) return nullptr;
  return at_path(*member, end == std::string_view::npos ? "" : path.substr(end));
}

bool includes(const json::value& found, const json::value& expected) {
  if (expected.is_object()) {
    if (!found.is_object()) return false;
    for (const auto& [name, value] : expected.get_object()) {
      const json::value* const member = found.get_object().if_contains(name);
      if (member == nullptr || !includes(*member, value)) return false;
    }
    return true;
  }
  if (expected.is_array()) {
    if (!found.is_array() || found.get_array().size() != expected.get_array().size()) return false;
    for (std::size_t i = 0; i < expected.get_array().size(); ++i)
      if (!includes(found.get_array()[i], expected.get_array()[i])) return false;
    return true;
  }
  return found == expected;
}

std::string cell_text(const json::value& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return std::string(value.get_string());
  return to_text(value);
}

}  // namespace sonae::scenario

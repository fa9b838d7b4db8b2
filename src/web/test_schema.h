// For tests: whether a JSON value fits a schema of the OpenAPI document (the part of JSON Schema that
// json_schema writes: type, enum, properties, required, items, additionalProperties, $ref).
#pragma once

#include <string>

#include "base/json.h"

namespace sonae::web::test {

inline bool is_of_type(const json::value& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "number") return value.is_number();
  return false;
}

// Empty where it fits, else where and why it does not.
inline std::string misfit(const json::value& value, const json::value& schema, const json::value& document,
                          const std::string& at = "") {
  const json::object& rules = schema.as_object();
  if (const auto* const reference = rules.if_contains("$ref")) {
    const std::string name(reference->as_string());
    return misfit(value, document.at_pointer(name.substr(1)), document, at);
  }
  if (const auto* const type = rules.if_contains("type"))
    if (!is_of_type(value, std::string_view(type->as_string())))
      return at + " is not of type " + std::string(type->as_string());
  if (const auto* const names = rules.if_contains("enum")) {
    bool found = false;
    for (const json::value& name : names->as_array())
      found = found || name == value;
    if (!found) return at + " is none of the enum";
  }
  if (value.is_array() && rules.contains("items"))
    for (std::size_t index = 0; index < value.as_array().size(); ++index)
      if (auto wrong = misfit(value.as_array()[index], rules.at("items"), document,
                              at + "[" + std::to_string(index) + "]");
          !wrong.empty())
        return wrong;
  if (!value.is_object()) return {};
  if (const auto* const required = rules.if_contains("required"))
    for (const json::value& name : required->as_array())
      if (!value.as_object().contains(std::string_view(name.as_string())))
        return at + " lacks " + std::string(name.as_string());
  for (const auto& [name, member] : value.as_object()) {
    const json::value* rule = nullptr;
    if (const auto* const properties = rules.if_contains("properties"))
      rule = properties->as_object().if_contains(name);
    if (rule == nullptr) rule = rules.if_contains("additionalProperties");
    if (rule == nullptr) {
      if (rules.contains("properties"))
        return at + " has a member that is not described: " + std::string(name);
      continue;
    }
    if (auto wrong = misfit(member, *rule, document, at + "." + std::string(name)); !wrong.empty())
      return wrong;
  }
  return {};
}

}  // namespace sonae::web::test

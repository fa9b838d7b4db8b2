// JSON from and to plain structs that are described once with Boost.Describe:
//
//   struct Entry { std::string name; std::optional<Date> birth_date; std::vector<EntryId> family; };
//   BOOST_DESCRIBE_STRUCT(Entry, (), (name, birth_date, family))
//
// to_json leaves an absent optional out and writes doubles plainly; from_json accepts members it does not
// know, names the member in its errors ("family[2]: ..."), and requires every member that is not optional, a
// list or a map. Described base classes come first. Enums described with BOOST_DESCRIBE_ENUM are written by
// name. json_schema gives the JSON Schema of a type for the OpenAPI document.
#pragma once

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11.hpp>

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/bytes.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/time.h"

namespace sonae {

namespace json = boost::json;

// The exact text that is stored and hashed: no white space, numbers in their shortest form (35.1,
// never 3.51E1).
std::string to_text(const json::value& value);

// Refuses anything but one JSON document of at most 32 levels; says at which byte it stopped.
Result<json::value> parse_json(std::string_view text);

// How one leaf type stands in JSON as a string, and comes back. Specialise for types of your own.
template <class T>
struct JsonText;  // static std::string write(const T&); static Result<T> read(std::string_view); kFormat

template <class Tag>
struct JsonText<RandomId<Tag>> {
  static constexpr std::string_view kFormat = "id";
  static std::string write(const RandomId<Tag>& id) { return id.text(); }
  static Result<RandomId<Tag>> read(std::string_view text) { return RandomId<Tag>::parse(text); }
};
template <class Tag>
struct JsonText<NamedId<Tag>> {
  static constexpr std::string_view kFormat = "name";
  static std::string write(const NamedId<Tag>& id) { return id.text(); }
  static Result<NamedId<Tag>> read(std::string_view text) { return NamedId<Tag>(std::string(text)); }
};
template <>
struct JsonText<Date> {
  static constexpr std::string_view kFormat = "date";
  static std::string write(Date date) { return to_iso(date); }
  static Result<Date> read(std::string_view text) { return parse_iso_date(text); }
};
template <>
struct JsonText<Instant> {
  static constexpr std::string_view kFormat = "date-time";
  static std::string write(Instant instant) { return to_rfc3339(instant); }
  static Result<Instant> read(std::string_view text) { return parse_rfc3339(text); }
};
template <>
struct JsonText<HybridTime> {
  static constexpr std::string_view kFormat = "hybrid-time";
  static std::string write(HybridTime time) { return to_text(time); }
  static Result<HybridTime> read(std::string_view text) { return parse_hybrid_time(text); }
};
template <>
struct JsonText<Hash> {
  static constexpr std::string_view kFormat = "sha256";
  static std::string write(const Hash& hash) { return hash.hex(); }
  static Result<Hash> read(std::string_view text) { return Hash::from_bytes(TRY(from_hex(text))); }
};

template <class T>
concept WrittenAsText = requires(const T& value) {
  { JsonText<T>::write(value) } -> std::convertible_to<std::string>;
};

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_map = false;
template <class T>
inline constexpr bool is_map<std::map<std::string, T>> = true;

std::unexpected<Error> wrong_type(const Phrase& expected);
std::unexpected<Error> missing_member(std::string_view name);
Error within(std::string_view member, Error error);  // puts the member before where the error stands
Error within(std::size_t index, Error error);
Result<double> json_double(const json::value& value);
Result<std::int64_t> json_integer(const json::value& value, std::int64_t least, std::int64_t most);

template <class T, class F>
void for_each_member(F&& visit) {
  using Bases = boost::describe::describe_bases<T, boost::describe::mod_any_access>;
  boost::mp11::mp_for_each<Bases>([&](auto base) { for_each_member<typename decltype(base)::type>(visit); });
  using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
  boost::mp11::mp_for_each<Members>(visit);
}

}  // namespace detail

template <class T>
json::value to_json(const T& value) {
  if constexpr (std::is_same_v<T, json::value>) {
    return value;
  } else if constexpr (WrittenAsText<T>) {
    return json::value(JsonText<T>::write(value));
  } else if constexpr (std::is_same_v<T, bool> || std::is_floating_point_v<T>) {
    return json::value(value);
  } else if constexpr (std::is_enum_v<T>) {
    return json::value(boost::describe::enum_to_string(value, ""));
  } else if constexpr (std::is_integral_v<T>) {
    return json::value(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_convertible_v<T, std::string_view>) {
    return json::value(std::string_view(value));
  } else if constexpr (detail::is_optional<T>) {
    return value ? to_json(*value) : json::value(nullptr);
  } else if constexpr (detail::is_vector<T>) {
    json::array array;
    array.reserve(value.size());
    for (const auto& item : value)
      array.push_back(to_json(item));
    return array;
  } else if constexpr (detail::is_map<T>) {
    json::object object;
    for (const auto& [name, item] : value)
      object.emplace(name, to_json(item));
    return object;
  } else {
    static_assert(boost::describe::has_describe_members<T>::value,
                  "describe this struct with Boost.Describe");
    json::object object;
    detail::for_each_member<T>([&](auto member) {
      const auto& field = value.*member.pointer;
      if constexpr (detail::is_optional<std::remove_cvref_t<decltype(field)>>) {
        if (!field) return;
      }
      object.emplace(member.name, to_json(field));
    });
    return object;
  }
}

template <class T>
Result<T> from_json(const json::value& value) {
  if constexpr (std::is_same_v<T, json::value>) {
    return value;
  } else if constexpr (WrittenAsText<T>) {
    if (!value.is_string()) return detail::wrong_type({"文字列が必要です", "A string is expected"});
    return JsonText<T>::read(std::string_view(value.get_string()));
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!value.is_bool())
      return detail::wrong_type({"true か false が必要です", "true or false is expected"});
    return value.get_bool();
  } else if constexpr (std::is_floating_point_v<T>) {
    return static_cast<T>(TRY(detail::json_double(value)));
  } else if constexpr (std::is_enum_v<T>) {
    T found{};
    if (!value.is_string() || !boost::describe::enum_from_string(value.get_string().c_str(), found)) {
      std::string names;
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
          [&](auto enumerator) { names += (names.empty() ? "" : ", ") + std::string(enumerator.name); });
      return detail::wrong_type({"次のいずれかが必要です: " + names, "One of these is expected: " + names});
    }
    return found;
  } else if constexpr (std::is_integral_v<T>) {
    constexpr std::int64_t most =
        sizeof(T) == 8 ? INT64_MAX : static_cast<std::int64_t>(std::numeric_limits<T>::max());
    return static_cast<T>(
        TRY(detail::json_integer(value, static_cast<std::int64_t>(std::numeric_limits<T>::min()), most)));
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!value.is_string()) return detail::wrong_type({"文字列が必要です", "A string is expected"});
    return std::string(value.get_string());
  } else if constexpr (detail::is_optional<T>) {
    if (value.is_null()) return T{};
    return T(TRY(from_json<typename T::value_type>(value)));
  } else if constexpr (detail::is_vector<T>) {
    if (!value.is_array()) return detail::wrong_type({"配列が必要です", "A list is expected"});
    T items;
    items.reserve(value.get_array().size());
    for (const json::value& element : value.get_array()) {
      auto item = from_json<typename T::value_type>(element);
      if (!item) return std::unexpected(detail::within(items.size(), std::move(item.error())));
      items.push_back(std::move(*item));
    }
    return items;
  } else if constexpr (detail::is_map<T>) {
    if (!value.is_object()) return detail::wrong_type({"オブジェクトが必要です", "An object is expected"});
    T items;
    for (const auto& [name, element] : value.get_object()) {
      auto item = from_json<typename T::mapped_type>(element);
      if (!item) return std::unexpected(detail::within(std::string_view(name), std::move(item.error())));
      items.emplace(std::string(name), std::move(*item));
    }
    return items;
  } else {
    static_assert(boost::describe::has_describe_members<T>::value,
                  "describe this struct with Boost.Describe");
    if (!value.is_object()) return detail::wrong_type({"オブジェクトが必要です", "An object is expected"});
    const json::object& object = value.get_object();
    T result{};
    Status status;
    detail::for_each_member<T>([&](auto member) {
      if (!status) return;
      using Field = std::remove_cvref_t<decltype(result.*member.pointer)>;
      const json::value* const found = object.if_contains(member.name);
      if (found == nullptr) {
        if constexpr (!detail::is_optional<Field> && !detail::is_vector<Field> && !detail::is_map<Field>)
          status = detail::missing_member(member.name);
        return;
      }
      auto field = from_json<Field>(*found);
      if (field)
        result.*member.pointer = std::move(*field);
      else
        status = std::unexpected(detail::within(std::string_view(member.name), std::move(field.error())));
    });
    if (!status) return std::unexpected(status.error());
    return result;
  }
}

// The described struct in one go from the text of its JSON document.
template <class T>
Result<T> from_json_text(std::string_view text) {
  return from_json<T>(TRY(parse_json(text)));
}

template <class T>
json::value json_schema() {
  if constexpr (std::is_same_v<T, json::value>) {
    return json::object{};
  } else if constexpr (WrittenAsText<T>) {
    return json::object{{"type", "string"}, {"format", JsonText<T>::kFormat}};
  } else if constexpr (std::is_same_v<T, bool>) {
    return json::object{{"type", "boolean"}};
  } else if constexpr (std::is_floating_point_v<T>) {
    return json::object{{"type", "number"}};
  } else if constexpr (std::is_enum_v<T>) {
    json::array names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto enumerator) { names.push_back(json::value(enumerator.name)); });
    return json::object{{"type", "string"}, {"enum", std::move(names)}};
  } else if constexpr (std::is_integral_v<T>) {
    return json::object{{"type", "integer"}};
  } else if constexpr (std::is_convertible_v<T, std::string_view>) {
    return json::object{{"type", "string"}};
  } else if constexpr (detail::is_optional<T>) {
    return json_schema<typename T::value_type>();
  } else if constexpr (detail::is_vector<T>) {
    return json::object{{"type", "array"}, {"items", json_schema<typename T::value_type>()}};
  } else if constexpr (detail::is_map<T>) {
    return json::object{{"type", "object"}, {"additionalProperties", json_schema<typename T::mapped_type>()}};
  } else {
    json::object properties;
    json::array required;
    detail::for_each_member<T>([&](auto member) {
      using Field = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
      properties.emplace(member.name, json_schema<Field>());
      if constexpr (!detail::is_optional<Field> && !detail::is_vector<Field> && !detail::is_map<Field>)
        required.push_back(json::value(member.name));
    });
    json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema.emplace("required", std::move(required));
    return schema;
  }
}

}  // namespace sonae

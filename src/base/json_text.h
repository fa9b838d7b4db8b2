// Described structs (base/json.h) to and from the text of a JSON document at once, for what is done a hundred
// thousand times: nothing is built in between, or only in passing memory.
#pragma once

#include <boost/json/monotonic_resource.hpp>

#include <utility>

#include "base/json.h"

namespace sonae {

namespace detail {
Result<json::value> parse_json_in(json::storage_ptr memory, std::string_view text);
void add_json_string(std::string& text, std::string_view content);
void add_json_double(std::string& text, double number);
}  // namespace detail

// As from_json_text. For structs that keep no json::value: it would outlive the memory it was read in.
template <class T>
Result<T> read_json_text(std::string_view text) {
  unsigned char room[4096];  // most documents fit: nothing of them is then allocated
  json::monotonic_resource memory(room, sizeof room);
  return from_json<T>(TRY(detail::parse_json_in(&memory, text)));
}

// Adds the text of to_text(to_json(value)).
template <class T>
void add_json_text(std::string& text, const T& value) {
  [[maybe_unused]] const auto add_all = [&](char open, char close, const auto& items, auto add) {
    text += open;
    bool first = true;
    for (const auto& item : items) {
      if (!std::exchange(first, false)) text += ',';
      add(item);
    }
    text += close;
  };
  if constexpr (std::is_same_v<T, json::value>) {
    text += to_text(value);
  } else if constexpr (WrittenAsText<T>) {
    detail::add_json_string(text, JsonText<T>::write(value));
  } else if constexpr (std::is_same_v<T, bool>) {
    text += value ? "true" : "false";
  } else if constexpr (std::is_floating_point_v<T>) {
    detail::add_json_double(text, value);
  } else if constexpr (std::is_enum_v<T>) {
    detail::add_json_string(text, boost::describe::enum_to_string(value, ""));
  } else if constexpr (std::is_integral_v<T>) {
    text += std::to_string(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_convertible_v<T, std::string_view>) {
    detail::add_json_string(text, std::string_view(value));
  } else if constexpr (detail::is_optional<T>) {
    if (value)
      add_json_text(text, *value);
    else
      text += "null";
  } else if constexpr (detail::is_vector<T>) {
    add_all('[', ']', value, [&](const auto& item) { add_json_text(text, item); });
  } else if constexpr (detail::is_map<T>) {
    add_all('{', '}', value, [&](const auto& item) {
      detail::add_json_string(text, item.first);
      text += ':';
      add_json_text(text, item.second);
    });
  } else {
    text += '{';
    bool first = true;
    detail::for_each_member<T>([&](auto member) {
      const auto& field = value.*member.pointer;
      if constexpr (detail::is_optional<std::remove_cvref_t<decltype(field)>>) {
        if (!field) return;
      }
      if (!std::exchange(first, false)) text += ',';
      detail::add_json_string(text, member.name);
      text += ':';
      add_json_text(text, field);
    });
    text += '}';
  }
}

template <class T>
std::string to_json_text(const T& value) {
  std::string text;
  add_json_text(text, value);
  return text;
}

}  // namespace sonae

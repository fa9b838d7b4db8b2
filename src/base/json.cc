#include "base/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <limits>

namespace sonae {

namespace {

void write(std::string& text, const json::value& value) {
  switch (value.kind()) {
    case json::kind::double_:
      return detail::add_json_double(text, value.get_double());
    case json::kind::string:
      return detail::add_json_string(text, value.get_string());
    case json::kind::array: {
      text += '[';
      bool first = true;
      for (const json::value& item : value.get_array()) {
        if (!first) text += ',';
        first = false;
        write(text, item);
      }
      text += ']';
      return;
    }
    case json::kind::object: {
      text += '{';
      bool first = true;
      for (const auto& [name, item] : value.get_object()) {
        if (!first) text += ',';
        first = false;
        detail::add_json_string(text, name);
        text += ':';
        write(text, item);
      }
      text += '}';
      return;
    }
    default:
      text += json::serialize(value);
  }
}

bool is_escaped(char letter) {
  return static_cast<unsigned char>(letter) < 0x20 || letter == '"' || letter == '\\';
}

// In one piece: nearly every string of every answer comes here.
void add_plain_string(std::string& text, std::string_view content) {
  const std::size_t before = text.size(), after = before + content.size() + 2;
  text.resize_and_overwrite(after, [&](char* all, std::size_t) {
    all[before] = '"';
    std::ranges::copy(content, all + before + 1);
    all[after - 1] = '"';
    return after;
  });
}

}  // namespace

std::string to_text(const json::value& value) {
  std::string text;
  write(text, value);
  return text;
}

Result<json::value> parse_json(std::string_view text) {
  return detail::parse_json_in({}, text);
}

namespace detail {

Result<json::value> parse_json_in(json::storage_ptr memory, std::string_view text) {
  json::parse_options options;
  options.max_depth = 32;
  json::error_code error;
  unsigned char room[1024];  // for the texts and values under way; larger ones are allocated
  json::stream_parser parser({}, options, room);
  parser.reset(std::move(memory));
  const std::size_t used = parser.write_some(text.data(), text.size(), error);
  if (!error) parser.finish(error);
  std::size_t rest = used;
  while (!error && rest < text.size() &&
         std::string_view(" \t\r\n").find(text[rest]) != std::string_view::npos)
    ++rest;
  if (error || rest < text.size())
    return fail(ErrorCode::invalid_input, {"JSON として読めません", "This is not JSON"},
                fmt::format("byte {}", rest));
  return parser.release();
}

// As Boost.JSON escapes: what RFC 8259 section 7 requires, in the short form where there is one.
void add_json_string(std::string& text, std::string_view content) {
  if (std::ranges::none_of(content, is_escaped)) return add_plain_string(text, content);
  constexpr std::string_view hex = "0123456789abcdef";
  constexpr std::string_view short_forms = "btn_fr";  // of 0x08 to 0x0d; 0x0b has none
  text += '"';
  std::size_t plain = 0;  // from here on nothing had to be escaped yet
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (!is_escaped(content[i])) continue;
    const auto byte = static_cast<unsigned char>(content[i]);
    text += content.substr(plain, i - plain);
    plain = i + 1;
    text += '\\';
    if (byte >= 0x20) {
      text += content[i];
    } else if (byte >= 0x08 && byte <= 0x0d && byte != 0x0b) {
      text += short_forms[byte - 0x08U];
    } else {
      text += "u00";
      text += hex[byte >> 4];
      text += hex[byte & 15];
    }
  }
  text += content.substr(plain);
  text += '"';
}

// JSON has no infinities; a double that is whole is written with its point, so that it stays a double.
void add_json_double(std::string& text, double number) {
  if (!std::isfinite(number)) {
    text += "null";
    return;
  }
  const std::string shortest = fmt::format("{}", number);
  text += shortest;
  if (shortest.find_first_of(".e") == std::string::npos) text += ".0";
}

std::unexpected<Error> wrong_type(const Phrase& expected) {
  return fail(ErrorCode::invalid_input, expected);
}

std::unexpected<Error> missing_member(std::string_view name) {
  return fail(ErrorCode::invalid_input, {"必要な項目がありません", "This member is missing"},
              std::string(name));
}

Error within(std::string_view member, Error error) {
  const bool joins_directly = error.where.empty() || error.where.front() == '[';
  error.where = std::string(member) + (joins_directly ? "" : ".") + error.where;
  return error;
}

Error within(std::size_t index, Error error) {
  return within(fmt::format("[{}]", index), std::move(error));
}

Result<double> json_double(const json::value& value) {
  if (value.is_double()) return value.get_double();
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  if (value.is_uint64()) return static_cast<double>(value.get_uint64());
  return wrong_type({"数値が必要です", "A number is expected"});
}

Result<std::int64_t> json_integer(const json::value& value, std::int64_t least, std::int64_t most) {
  if (!value.is_int64()) return wrong_type({"整数が必要です", "A whole number is expected"});
  const std::int64_t number = value.get_int64();
  if (number < least || number > most)
    return wrong_type({fmt::format("{}から{}までの整数が必要です", least, most),
                       fmt::format("A whole number from {} to {} is expected", least, most)});
  return number;
}

}  // namespace detail

}  // namespace sonae

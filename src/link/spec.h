// What any two tables are linked by: a TOML file that names columns and what kind of thing stands in them.
//
//   id = "rec_id"            # or left_id and right_id
//   one_to_one = true        # a record has at most one partner
//   [[field]]
//   name = "surname"         # or left and right, where the columns are called differently
//   kind = "name"            # name, text, number, date, category
//   exchanged_with = "given_name"
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sonae::link {

enum class FieldKind : std::uint8_t {
  name,      // of people and places: near by Jaro-Winkler
  text,      // anything longer: likewise
  number,    // figures that stand for themselves: codes, house numbers, telephone numbers; near by one slip
  date,      // year, month, day in one notation on both sides
  category,  // few values: the same or not
};

struct SpecField {
  std::string left, right;  // column names
  FieldKind kind = FieldKind::text;
  std::optional<std::size_t> exchanged_with;  // the field whose values are sometimes put in this one's place
};

struct Spec {
  static constexpr std::size_t kMostFields = 16;
  std::string left_id, right_id;
  bool one_to_one = true;
  std::vector<SpecField> fields;

  static Result<Spec> parse(std::string_view toml, const std::string& file);
};

}  // namespace sonae::link

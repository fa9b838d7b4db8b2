// Any CSV as a table to link: for each field of the spec, each record's value as a number of a dictionary
// that both tables share, so that "the same" is one comparison.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "link/list_reader.h"
#include "link/spec.h"
#include "link/value_sketch.h"

namespace sonae::link {

using ValueNumber = std::uint32_t;  // 0: empty

// The values of one field, brought to one form: small letters, full-width letters and figures made
// half-width, spaces and punctuation made one space, figures only for numbers and dates.
class Dictionary {
 public:
  ValueNumber add(std::string_view written, FieldKind kind);
  const std::u32string& text(ValueNumber number) const { return texts_[number]; }
  const ValueSketch& sketch(ValueNumber number) const { return sketches_[number]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::vector<std::u32string> texts_ = {U""};
  std::vector<ValueSketch> sketches_ = {ValueSketch(U"")};
  std::unordered_map<std::u32string, ValueNumber> numbers_;
  std::unordered_map<std::string, ValueNumber> as_written_;
};

struct Table {
  std::vector<std::string> ids;
  std::vector<ValueNumber> values;  // of record 0: field 0, field 1, ...; then of record 1 ...
  std::size_t fields = 0;

  std::size_t size() const { return ids.size(); }
  const ValueNumber* record(std::size_t i) const { return &values[i * fields]; }
};

enum class Side : std::uint8_t { left, right };

// Adds to the dictionaries (one for each field). Lines that cannot be read are passed over and reported.
Result<Table> read_table(std::string_view csv, const Spec& spec, Side side, const std::string& file,
                         std::vector<Dictionary>& dictionaries, std::vector<BadLine>& bad_lines);

}  // namespace sonae::link

#include "town/registry/row_writer.h"

#include <algorithm>

#include "town/registry/date_cell.h"

namespace sonae::registry {
namespace {

// The n-th of the pieces of a joined text; empty beyond the last.
std::string_view piece(std::string_view joined, std::string_view join, std::size_t n) {
  for (; n > 0; --n) {
    const std::size_t at = joined.find(join);
    if (at == std::string_view::npos) return {};
    joined.remove_prefix(at + join.size());
  }
  return joined.substr(0, joined.find(join));
}

bool has_piece(std::string_view joined, std::string_view join, std::string_view wanted) {
  for (std::size_t n = 0; !joined.empty(); ++n) {
    const std::string_view one = piece(joined, join, n);
    if (one.empty()) return false;
    if (one == wanted) return true;
  }
  return false;
}

std::string padded(std::string_view code, std::size_t width) {
  std::string text(code);
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  while (digits && text.size() < width)
    text.insert(text.begin(), '0');
  while (digits && width > 0 && text.size() > width && text.front() == '0')
    text.erase(text.begin());
  return text;
}

}  // namespace

RowWriter::RowWriter(LayoutPtr target, const std::vector<std::string>& source, Date as_of)
    : target_(std::move(target)), as_of_(as_of) {
  std::array<std::size_t, kFields> turns{};
  for (const Column& column : target_->columns) {
    Output& output = outputs_.emplace_back();
    output.column = &column;
    columns_.push_back(column.name);
    if (column.to) {
      output.turn = turns[static_cast<std::size_t>(*column.to)]++;
      has_whole_address_ = has_whole_address_ || column.to == Field::address;
      has_relation_codes_ = has_relation_codes_ || column.to == Field::relation_codes;
      continue;
    }
    for (const Column& other : target_->columns) {
      if (other.type != ColumnType::date || !other.to) continue;
      if (other.era == column.name || other.unknown_flag == column.name) {
        output.date = &other;
        output.is_era = other.era == column.name;
      }
    }
    const auto same = std::ranges::find(source, column.name);
    if (same != source.end()) output.same_name = static_cast<std::size_t>(same - source.begin());
  }
}

// Fields that the source has under another form: names whole and in parts, addresses, relations.
void RowWriter::complete(const Fields& fields) {
  fields_ = fields;
  ResidentRow row;
  RowReader::to_row(fields, arena_, row);
  const auto put = [&](Field field, std::string_view value) {
    std::string_view& now = fields_[static_cast<std::size_t>(field)];
    if (now.empty()) now = value;
  };
  put(Field::name, row.name);
  put(Field::family_name, row.family_name);
  put(Field::given_name, row.given_name);
  put(Field::kana, row.kana);
  put(Field::family_kana, row.family_kana);
  put(Field::given_kana, row.given_kana);
  const bool has_parts = std::ranges::any_of(
      std::array{Field::prefecture, Field::municipality, Field::town, Field::block, Field::building},
      [&](Field part) { return !get(fields, part).empty(); });
  if (has_whole_address_)
    put(Field::address, row.address);
  else if (!has_parts)
    put(Field::town, row.address);  // whole into 町字, as such files have it for addresses elsewhere
  put(has_relation_codes_ ? Field::relation_codes : Field::relation, row.relation);
  if (get(fields, Field::age).empty())
    if (const auto birth = row.birth.whole())
      fields_[static_cast<std::size_t>(Field::age)] =
          arena_.keep(std::to_string(text::age_on(*birth, as_of_)));
}

std::string RowWriter::cell(const Output& output, std::span<const std::string_view> source) {
  const Column& column = *output.column;
  if (!column.to) {
    if (output.date != nullptr) {
      const std::string_view date = get(fields_, *output.date->to);
      if (date.empty()) return {};
      const bool whole = text::parse_partial_text(date)->is_whole();
      const std::string word = output.is_era ? era_of(date) : whole ? "none" : "as_written";
      return padded(column.codes->code_of(word).value_or(""), column.width);
    }
    return output.same_name < source.size() ? std::string(source[output.same_name]) : std::string();
  }
  std::string_view value = get(fields_, *column.to);
  switch (column.type) {
    case ColumnType::flag:
      return has_piece(value, column.join, column.word) ? column.on : column.off;
    case ColumnType::date:
      return date_cell(value, column.notation);
    case ColumnType::code: {
      if (!column.join.empty()) value = piece(value, column.join, output.turn);
      if (value.empty()) return {};
      const auto code = column.codes->code_of(value);
      return code ? padded(*code, column.width) : column.lenient ? std::string(value) : std::string();
    }
    case ColumnType::digits: {
      const std::string_view digits = plain_digits(value, arena_);
      return std::string(column.width != 0 && value.size() > column.width && !digits.empty() ? digits
                                                                                             : value);
    }
    case ColumnType::text:
      return output.turn == 0 ? std::string(value) : std::string();
  }
  return {};
}

const std::vector<std::string_view>& RowWriter::cells(const Fields& fields,
                                                      std::span<const std::string_view> source) {
  arena_.clear();
  complete(fields);
  texts_.clear();
  for (const Output& output : outputs_)
    texts_.push_back(cell(output, source));
  cells_.assign(texts_.begin(), texts_.end());
  return cells_;
}

}  // namespace sonae::registry

#include "town/registry/row_reader.h"

#include <algorithm>

#include "text/utf8.h"
#include "town/registry/check_digit.h"
#include "town/registry/date_cell.h"
#include "town/registry/records.h"

namespace sonae::registry {
namespace {

constexpr Field kRowFields[] = {
    Field::id,
    Field::household,
    Field::name,
    Field::family_name,
    Field::given_name,
    Field::kana,
    Field::family_kana,
    Field::given_kana,
    Field::romaji,
    Field::alias,
    Field::alias_kana,
    Field::former_family_name,
    Field::foreign_kanji,
    Field::sex,
    Field::birth_date,
    Field::relation,
    Field::relation_codes,
    Field::postcode,
    Field::address,
    Field::prefecture,
    Field::municipality,
    Field::town,
    Field::block,
    Field::building,
    Field::phone,
    Field::needs,
    Field::status,
};

// Counts only as far as it must.
bool is_wider_than(std::string_view text, std::size_t characters) {
  if (text.size() <= characters) return false;
  std::size_t count = 0;
  for (const char c : text)
    count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count > characters;
}

std::string codes_in_words(const CodeList& list) {
  std::string all;
  for (const auto& [code, word] : list.words) {
    if (all.size() > 80) return all + " …";
    all += (all.empty() ? "" : " ") + code;
  }
  return all;
}

void note(std::vector<Problem>* problems, const Column& column, ProblemKind kind, std::string detail = {},
          bool warning_anyway = false) {
  if (problems != nullptr)
    problems->push_back({kind, column.name, std::move(detail), warning_anyway || column.lenient});
}

}  // namespace

RowReader::RowReader(LayoutPtr layout, const std::vector<std::string>& columns, Date as_of)
    : layout_(std::move(layout)), as_of_(as_of) {
  const auto cell_of = [&](const std::string& name) {
    const Column* const wanted = name.empty() ? nullptr : layout_->column(name);
    for (std::size_t i = 0; wanted != nullptr && i < columns.size(); ++i)
      if (layout_->column(columns[i]) == wanted) return i;
    return kNone;
  };
  for (const std::string& name : columns) {
    Bound& bound = bound_.emplace_back();
    bound.column = layout_->column(name);
    if (bound.column == nullptr) continue;
    bound.era = cell_of(bound.column->era);
    bound.unknown_flag = cell_of(bound.column->unknown_flag);
    bound.in_row =
        bound.column->to && std::ranges::find(kRowFields, *bound.column->to) != std::end(kRowFields);
    if (bound.column->to == Field::id && id_cell_ == kNone) id_cell_ = bound_.size() - 1;
  }
}

std::string_view plain_digits(std::string_view written, Arena& arena) {
  char* const text = arena.reserve(written.size());
  std::size_t size = 0;
  bool good = true;
  for (std::size_t at = 0; at < written.size() && good;) {
    const char32_t c = text::next_character(written, at);
    if (c >= U'0' && c <= U'9') {
      text[size++] = static_cast<char>(c);
    } else if (c >= U'０' && c <= U'９') {
      text[size++] = static_cast<char>('0' + (c - U'０'));
    } else {
      good = c == U'-' || c == U'‐' || c == U'－' || c == U'−' || c == U' ' || c == U'　' || c == U'〒';
    }
  }
  if (!good) size = 0;
  arena.give_back(written.size() - size);
  return {text, size};
}

std::string_view RowReader::date_of(const Bound& bound, std::span<const std::string_view> cells,
                                    std::string_view cell, std::vector<Problem>* problems) {
  const Column& column = *bound.column;
  std::string_view era;
  if (bound.era != kNone) {
    const auto word = bound_[bound.era].column->codes->word_of(trimmed(cells[bound.era]));
    if (word) era = *word;
  }
  std::string_view unknown;
  if (bound.unknown_flag != kNone) {
    const auto word = bound_[bound.unknown_flag].column->codes->word_of(trimmed(cells[bound.unknown_flag]));
    if (word) unknown = *word;
  }
  const auto read = read_date_cell(cell, era, unknown, as_of_);
  if (!read) {
    note(problems, column, ProblemKind::not_a_date);
    return {};
  }
  if (read->era_and_year_disagree) note(problems, column, ProblemKind::era_disagrees, {}, true);
  if (read->date.is_unknown()) return {};
  char* const text = arena_.reserve(10);
  write_partial_date(read->date, text);
  return {text, 10};
}

std::string_view RowReader::value_of(const Bound& bound, std::span<const std::string_view> cells,
                                     std::size_t index, std::vector<Problem>* problems) {
  const Column& column = *bound.column;
  const std::string_view cell = trimmed(cells[index]);
  if (cell.empty()) {
    if (column.required) note(problems, column, ProblemKind::required_missing);
    return {};
  }
  switch (column.type) {
    case ColumnType::text:
      if (problems != nullptr && column.width != 0 && is_wider_than(cell, column.width))
        note(problems, column, ProblemKind::too_wide_text, std::to_string(column.width), true);
      return cell;
    case ColumnType::digits:
      if (problems != nullptr) {
        const std::string_view digits = plain_digits(cell, arena_);
        if (digits.empty())
          note(problems, column, ProblemKind::not_digits);
        else if (column.width != 0 && digits.size() > column.width)
          note(problems, column, ProblemKind::too_wide, std::to_string(column.width));
        else if (!check_digit_fits(column.check, digits))
          note(problems, column, ProblemKind::check_digit, {}, true);
      }
      return cell;
    case ColumnType::code: {
      if (const auto word = column.codes->word_of(cell)) return *word;
      note(problems, column, ProblemKind::not_a_code, codes_in_words(*column.codes));
      return column.lenient ? cell : std::string_view{};
    }
    case ColumnType::date:
      return date_of(bound, cells, cell, problems);
    case ColumnType::flag:
      if (cell == column.off || cell == "0" || cell == "０" || cell == "0.0") return {};
      return column.word;
  }
  return {};
}

void RowReader::read(std::span<const std::string_view> cells, std::vector<Problem>* problems, bool only_row) {
  fields_.fill({});
  arena_.clear();
  for (std::size_t i = 0; i < bound_.size(); ++i) {
    const Bound& bound = bound_[i];
    if (bound.column == nullptr || (only_row && !bound.in_row)) continue;
    if (!bound.column->to && problems == nullptr) continue;
    const std::string_view value = value_of(bound, cells, i, problems);
    if (!bound.column->to || value.empty()) continue;
    std::string_view& field = fields_[static_cast<std::size_t>(*bound.column->to)];
    field = field.empty() ? value : arena_.keep({field, bound.column->join, value});
  }
}

const Fields& RowReader::fields(std::span<const std::string_view> cells, std::vector<Problem>* problems) {
  read(cells, problems, false);
  return fields_;
}

const ResidentRow& RowReader::row(std::span<const std::string_view> cells) {
  read(cells, nullptr, true);
  to_row(fields_, arena_, row_);
  return row_;
}

}  // namespace sonae::registry

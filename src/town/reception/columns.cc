#include "town/reception/columns.h"

#include <algorithm>

#include "town/reception/cell.h"

namespace sonae::reception {

namespace {

bool names_a_person(Column column) {
  return column == Column::name || column == Column::family_name || column == Column::given_name ||
         column == Column::kana || column == Column::family_kana;
}

}  // namespace

std::optional<std::vector<Column>> read_header(const Vocabulary& vocabulary, const Cells& row) {
  std::vector<Column> columns;
  std::size_t written = 0, known = 0;
  bool person = false;
  for (const std::string_view cell : row) {
    const Column column = vocabulary.column_of(cell);
    columns.push_back(column);
    written += !trim(cell).empty();
    known += column != Column::unknown;
    person = person || names_a_person(column);
  }
  // Columns to tick are 男 and 女 together; one of them is what stands in a row (津田香菜,つだかな,女).
  if (std::ranges::count(columns, Column::male) != std::ranges::count(columns, Column::female))
    return std::nullopt;
  // One cell may be a header by itself (a list of names only); a cell that merely contains such a word
  // (避難者名簿) is a title.
  const bool plainly = known >= 2 || (known == 1 && written == 1 && count_characters(trim(row[0])) <= 6 &&
                                      columns[0] == Column::name);
  if (!person || !plainly || known * 2 < written) return std::nullopt;
  // A first column without a heading numbers the rows.
  if (trim(row[0]).empty() && row.size() > 1) columns[0] = Column::entry_id;
  // 姓 and 名 stand for family and given name; 氏名 beside 名 makes the latter a mistake of the table: the
  // whole name wins.
  if (std::ranges::count(columns, Column::name) > 0)
    for (Column& column : columns)
      if (column == Column::family_name || column == Column::given_name) column = Column::unknown;
  // A single 名 (or 姓) is the name.
  const auto lone = [&](Column one, Column other) {
    return std::ranges::count(columns, one) > 0 && std::ranges::count(columns, other) == 0;
  };
  if (lone(Column::given_name, Column::family_name))
    std::ranges::replace(columns, Column::given_name, Column::name);
  if (lone(Column::family_name, Column::given_name))
    std::ranges::replace(columns, Column::family_name, Column::name);
  return columns;
}

std::size_t columns_of_one_person(const std::vector<Column>& columns) {
  const std::size_t all = columns.size();
  for (std::size_t period = 1; period * 2 <= all; ++period) {
    bool repeats = std::ranges::any_of(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(period),
                                       names_a_person);
    for (std::size_t i = period; i < all && repeats; ++i)
      repeats =
          columns[i] == columns[i % period] || (columns[i] == Column::unknown && i >= all / period * period);
    // A list of names only is read as one row of names, however many stand beside each other.
    if (repeats) return period;
  }
  return all;
}

}  // namespace sonae::reception

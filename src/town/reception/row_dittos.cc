// What a row takes from the rows above: ditto marks, and addresses of families that go on.
#include <array>

#include "town/reception/cell.h"
#include "town/reception/ditto.h"
#include "town/reception/note_cell.h"
#include "town/reception/remarks.h"
#include "town/reception/row_cells.h"

namespace sonae::reception {

namespace {

// The address above without its numbers, for "〃 3-5".
std::string without_block(std::string_view address) {
  const std::string narrowed = narrow(address);
  const std::size_t digit = narrowed.find_first_of("0123456789");
  return digit == std::string::npos ? std::string(address) : narrowed.substr(0, digit);
}

}  // namespace

void RowReader::resolve_dittos(Row& row) const {
  constexpr std::array columns{Column::address, Column::phone,  Column::stay,     Column::shelter,
                               Column::date,    Column::family, Column::relation, Column::note,
                               Column::age,     Column::birth,  Column::sex};
  for (const Column column : columns) {
    const auto found = row.cells.find(column);
    if (found == row.cells.end()) continue;
    std::string& cell = found->second;
    const std::size_t mark = column == Column::address ? ditto_before(cell) : 0;
    if (!is_ditto(cell) && mark == 0) continue;
    const auto above = above_.find(column);
    const std::string item = boost::describe::enum_to_string(column, "");
    if (above == above_.end() || above->second.empty()) {
      add_remark(row.remarks, remark::ditto_without_row, item);
      cell = mark == 0 ? "" : std::string(trim(std::string_view(cell).substr(mark)));
      continue;
    }
    const std::string rest(trim(std::string_view(cell).substr(mark)));
    // 〃 3-5: the place above with other numbers. 〃 2階: the place above, and more.
    const bool numbers = mark > 0 && !rest.empty() && narrow(rest).find_first_of("0123456789") == 0;
    cell = mark == 0 ? above->second : (numbers ? without_block(above->second) : above->second) + rest;
    row.was_ditto[column] = true;
    row.took(column, above->second);
    add_remark(row.remarks, remark::from_above, item);
  }
}

void RowReader::take_address_from_above(Row& row, bool wanted) const {
  const auto above = above_.find(Column::address);
  if (!wanted || above == above_.end() || above->second.empty()) return;
  row.cells[Column::address] = above->second;
  row.took(Column::address, above->second);
  add_remark(row.remarks, remark::address_from_above, "address");
}

}  // namespace sonae::reception

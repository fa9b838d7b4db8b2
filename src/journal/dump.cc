#include "journal/verify.h"

namespace sonae::journal {

namespace {

json::value cell(const store::Cursor& row, int column) {
  switch (row.kind(column)) {
    case 'i':
      return row.integer(column);
    case 'r':
      return row.real(column);
    case 't':
      return json::value(row.text(column));
    case 'b':
      return json::object{{"hex", to_hex(row.bytes(column))}};
    default:
      return nullptr;
  }
}

}  // namespace

void dump(store::Connection& connection, const std::vector<View*>& views,
          const std::function<void(std::string_view line)>& write) {
  for (const View* const view : views)
    for (const DumpTable& table : view->dump()) {
      const auto row = connection.query(table.select);
      while (row->next()) {
        json::object cells;
        for (int column = 0; column < row->columns(); ++column)
          cells.emplace(row->column_name(column), cell(*row, column));
        write(to_text(json::array{table.name, std::move(cells)}));
      }
    }
}

}  // namespace sonae::journal

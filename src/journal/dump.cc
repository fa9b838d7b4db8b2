#include "base/json_text.h"
#include "journal/verify.h"

namespace sonae::journal {

namespace {

void add_cell(std::string& line, const store::Cursor& row, int column) {
  switch (row.kind(column)) {
    case 'i':
      line += std::to_string(row.integer(column));
      return;
    case 'r':
      return add_json_text(line, row.real(column));
    case 't':
      return add_json_text(line, row.text(column));
    case 'b':
      line += "{\"hex\":\"";
      line += to_hex(row.bytes(column));
      line += "\"}";
      return;
    default:
      line += "null";
  }
}

}  // namespace

void dump(store::Connection& connection, const std::vector<View*>& views,
          const std::function<void(std::string_view line)>& write) {
  for (const View* const view : views)
    for (const DumpTable& table : view->dump()) {
      const auto row = connection.query(table.select);
      std::string line;
      while (row->next()) {
        line = "[";
        add_json_text(line, table.name);
        line += ",{";
        for (int column = 0; column < row->columns(); ++column) {
          if (column > 0) line += ',';
          add_json_text(line, row->column_name(column));
          line += ':';
          add_cell(line, *row, column);
        }
        line += "}]";
        write(line);
      }
    }
}

}  // namespace sonae::journal

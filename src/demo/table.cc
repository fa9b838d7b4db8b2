#include "demo/table.h"

#include <charconv>

namespace sonae::demo {

namespace {

template <class T>
Result<T> read_number(std::string_view cell) {
  T value{};
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size())
    return fail(ErrorCode::invalid_input, {"数ではありません", "This is not a number"});
  return value;
}

}  // namespace

Result<std::int64_t> number(std::string_view cell) {
  return read_number<std::int64_t>(cell);
}
Result<double> decimal(std::string_view cell) {
  return read_number<double>(cell);
}

Status read_table(Env& env, const std::string& path, std::size_t columns,
                  const std::function<Status(const Row&)>& each) {
  const Bytes content = TRY(env.disk.read_all(path));
  std::string_view rest = content;
  Row row;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    std::string_view text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), text.size() + 1));
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.empty() || text.front() == '#') continue;
    row.clear();
    for (;;) {
      const std::size_t tab = text.find('\t');
      row.push_back(text.substr(0, tab));
      if (tab == std::string_view::npos) break;
      text.remove_prefix(tab + 1);
    }
    const std::string where = path + ":" + std::to_string(line);
    if (row.size() < columns)
      return fail(ErrorCode::invalid_input, {"列が足りません", "Cells are missing"}, where);
    if (Status read = each(row); !read) {
      read.error().where = where;
      return read;
    }
  }
  return {};
}

}  // namespace sonae::demo

#include "town/registry/file_source.h"

#include "town/registry/chunk.h"
#include "town/registry/file_reader.h"

namespace sonae::registry {
namespace {

std::vector<link::BadLine> bad_lines(const std::string& path, const ReadLines& lines) {
  std::vector<link::BadLine> bad;
  for (const RefusedLine& line : lines.refused)
    for (const Problem& problem : line.problems)
      if (!problem.warning) bad.push_back({path, line.file_line, problem.item, what(problem)});
  return bad;
}

}  // namespace

link::RegistrySource residents_of_file(Env& env, const std::string& data_directory, const std::string& path,
                                       const std::optional<std::string>& layout, Date today) {
  return [&env, data_directory, path, layout,
          today](const std::function<void(const link::Record&)>& sink) -> Result<std::vector<link::BadLine>> {
    const Bytes content = TRY(env.disk.read_all(path));
    const auto layouts = TRY(load_layouts(env, data_directory + "/layouts", {}));
    auto file = open_file(content, layouts, layout);
    if (!file) {
      file.error().where = path;
      return std::unexpected(file.error());
    }
    const ReadLines lines = TRY(read_lines(**file, today, 2, no_progress()));
    RowReader reader((*file)->layout, (*file)->columns, today);
    std::vector<std::string_view> other_names;
    std::string chunk = chunk_head((*file)->layout->name, (*file)->columns);
    const std::size_t head = chunk.size();
    for (std::size_t i = 0; i < lines.taken.size(); ++i) {
      chunk += lines.taken[i].line;
      if (chunk.size() < (std::size_t{1} << 20) && i + 1 < lines.taken.size()) continue;
      auto residents = TRY(ChunkReader::open(chunk));
      while (residents.next()) {
        const ResidentRow& row = reader.row(residents.cells());
        if (row.lives_here()) sink(to_link_record(row, other_names));
      }
      chunk.resize(head);
    }
    return bad_lines(path, lines);
  };
}

}  // namespace sonae::registry

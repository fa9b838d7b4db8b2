// Opening a gazetteer from the tables of data/address/ (their columns: data/address/SOURCE.txt).
#include <zstd.h>

#include <charconv>
#include <span>
#include <unordered_map>

#include "base/csv.h"
#include "text/gazetteer_index.h"

namespace sonae::text {

namespace {

constexpr std::uint64_t kMostTableBytes = 256u << 20;

std::unexpected<Error> damaged(const std::string& path) {
  return fail(ErrorCode::corrupt, {"住所の表が壊れています", "The address table is damaged"}, path,
              {"data/ を入れ直してください", "Install data/ again"});
}

Result<std::string> decompressed(const std::string& path, BytesView compressed) {
  const unsigned long long size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMostTableBytes)
    return damaged(path);
  std::string content(size, '\0');
  const std::size_t written =
      ZSTD_decompress(content.data(), content.size(), compressed.data(), compressed.size());
  if (ZSTD_isError(written) != 0 || written != size) return damaged(path);
  return content;
}

using Cells = std::span<const std::string_view>;

// The lines of a table whose first is its header; every line has exactly `Columns` cells.
template <std::size_t Columns, class Visit>
Status for_each_row(const std::string& path, std::string_view content, Visit visit) {
  std::array<std::string_view, Columns> cells;
  bool header = true;
  while (!content.empty()) {
    const std::size_t line_end = std::min(content.find('\n'), content.size());
    std::string_view line = content.substr(0, line_end);
    content.remove_prefix(std::min(line_end + 1, content.size()));
    if (line.empty() || line.front() == '#') continue;
    if (std::exchange(header, false)) continue;
    std::size_t count = 0;
    for (bool more = true; more;) {
      const std::size_t tab = line.find('\t');
      more = tab != std::string_view::npos;
      if (count == Columns) return damaged(path);
      cells[count++] = line.substr(0, tab);
      if (more) line.remove_prefix(tab + 1);
    }
    if (count != Columns) return damaged(path);
    visit(Cells(cells));
  }
  return {};
}

std::optional<Position> position_of(std::string_view longitude, std::string_view latitude) {
  Position position;
  const auto read = [](std::string_view text, double& value) {
    return !text.empty() && std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
  };
  if (!read(longitude, position.longitude) || !read(latitude, position.latitude)) return std::nullopt;
  return position;
}

// Names, 小字 and positions of the towns; the rows of a town follow each other, that of the town itself
// first.
Status add_towns(Gazetteer::Index& index, const std::string& path, std::string_view content,
                 std::string_view code_prefix) {
  std::optional<std::uint32_t> municipality;
  std::optional<std::uint32_t> town;
  return for_each_row<5>(path, content, [&](Cells row) {
    if (!row[0].starts_with(code_prefix)) return;
    if (!municipality || index.municipalities[*municipality].code != row[0]) {
      municipality = index.municipality_of_code(row[0]);
      town.reset();
    }
    if (!municipality) return;
    const auto position = position_of(row[3], row[4]);
    const bool no_town = row[1] == "（大字なし）";  // the 小字 stands directly under the municipality
    const std::string_view name = no_town ? row[2] : row[1];
    if (name.empty()) return;
    if (!town || index.towns[*town].name != name) town = index.add_town(*municipality, name, position);
    if (!no_town && !row[2].empty()) index.add_locality(*town, row[2], position);
  });
}

// A prefecture's towns as the address base registry has them: what it adds is their kana, and names that the
// other source lacks.
Status add_registry_towns(Gazetteer::Index& index, const std::string& path, std::string_view content,
                          std::string_view code_prefix) {
  return for_each_row<8>(path, content, [&](Cells row) {
    if (!row[0].starts_with(code_prefix)) return;
    const auto municipality = index.municipality_of_code(row[0]);
    if (!municipality) return;
    auto town = index.town_of_name(*municipality, row[1]);
    const auto position = position_of(row[6], row[7]);
    if (!town) town = index.add_town(*municipality, row[1], row[2].empty() ? position : std::nullopt);
    if (!row[2].empty())
      index.add_locality(*town, row[2], position);
    else if (index.towns[*town].kana.empty())
      index.set_kana(*town, row[3]);
  });
}

Status add_other_names(Gazetteer::Index& index, const std::string& path, std::string_view content) {
  Status status;
  const Status read = for_each_row<5>(path, content, [&](Cells row) {
    const auto municipality = index.municipality_of_code(row[1]);
    if (!municipality) return;
    if (row[0] == "municipality") return index.add_municipality_name(row[1], row[2]);
    if (row[0] == "district") {
      if (municipality == index.home) index.add_municipality_name(row[1], row[2]);
      return;
    }
    const auto town = index.town_of_name(*municipality, row[3]);
    if (!town) return;  // its prefecture was not loaded
    if (row[0] == "town")
      index.add_town_name(*town, row[2]);
    else if (row[0] == "locality")
      index.add_locality(*town, row[2], std::nullopt, true);
    else
      status = damaged(path);
  });
  return read ? status : read;
}

}  // namespace

Result<Gazetteer> Gazetteer::open(Env& env, const std::string& data_directory, const Tables& tables,
                                  std::string home, std::vector<BlockPoint> blocks, Reach reach) {
  const std::string folder = data_directory + "/address/";
  Gazetteer gazetteer;
  gazetteer.index_ = std::make_unique<Index>(tables, std::move(home));
  Index& index = *gazetteer.index_;

  const std::string municipalities = folder + "municipalities.tsv";
  TRY(for_each_row<10>(municipalities, TRY(env.disk.read_all(municipalities)), [&](Cells row) {
    index.add_municipality(row[0], row[1], row[2], row[3], row[4]);
    index.add_prefecture_name(row[1], row[5]);
    index.add_municipality_name(row[0], row[7]);
    if (!row[6].empty()) index.add_municipality_name(row[0], std::string(row[6]) + std::string(row[7]));
  }));
  if (!index.home)
    return fail(
        ErrorCode::not_found,
        {"その団体コードの市区町村はありません", "There is no municipality of that code"}, index.home_code,
        {"全国地方公共団体コード（6桁）を確かめてください", "Check the six-digit code of the municipality"});

  const std::string prefix = reach == Reach::japan ? std::string() : index.home_code.substr(0, 2);
  const std::string towns = folder + "towns.tsv.zst";
  TRY(add_towns(index, towns, TRY(decompressed(towns, TRY(env.disk.read_all(towns)))), prefix));
  for (const std::string& name : TRY(env.disk.list(folder)))
    if (name.ends_with("_towns.tsv"))
      TRY(add_registry_towns(index, folder + name, TRY(env.disk.read_all(folder + name)), prefix));
  const std::string names = folder + "other_names.tsv";
  TRY(add_other_names(index, names, TRY(env.disk.read_all(names))));

  index.add_names_without_count();
  index.set_blocks(std::move(blocks));
  index.finish();
  return gazetteer;
}

Result<std::vector<BlockPoint>> read_block_points(Env& env, const std::string& path) {
  const Bytes content = TRY(env.disk.read_all(path));
  std::vector<BlockPoint> points;
  std::string_view table = content;
  while (table.starts_with('#'))
    table.remove_prefix(std::min(table.find('\n'), table.size() - 1) + 1);
  CsvReader reader(table);
  bool header = true;
  while (TRY(reader.next())) {
    const auto& cells = reader.cells();
    if (std::exchange(header, false)) continue;
    const auto position = cells.size() >= 4 ? position_of(cells[2], cells[3]) : std::nullopt;
    if (!position)
      return fail(ErrorCode::invalid_input,
                  {"街区の位置の行を読めません", "A line of block points cannot be read"},
                  path + ":" + std::to_string(reader.line()),
                  {"town,block,lon,lat の4項目が必要です", "The four columns town,block,lon,lat are needed"});
    points.push_back({std::string(cells[0]), std::string(cells[1]), *position});
  }
  return points;
}

}  // namespace sonae::text

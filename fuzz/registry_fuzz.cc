// Registry files and layout tables as nobody would write them. The first byte chooses: a layout table, or the
// bytes of a registry file, whose lines must come out of their chunk as they went in.
#include <cstdint>
#include <cstdlib>

#include "town/registry/chunk.h"
#include "town/registry/file_reader.h"

using namespace sonae;
using namespace sonae::registry;

namespace {

const std::vector<LayoutPtr>& layouts() {
  static const auto loaded = load_layouts(real_env(), SONAE_DATA_DIR "/layouts", {});
  if (!loaded) std::abort();
  return *loaded;
}

void read_registry(BytesView bytes) {
  auto file = open_file(bytes, layouts(), {});
  if (!file) return;
  const auto lines = read_lines(**file, Date{2026, 11, 21}, 1, no_progress());
  if (!lines) std::abort();
  std::string chunk = chunk_head((*file)->layout->name, (*file)->columns);
  for (const TakenLine& line : lines->taken)
    chunk += line.line;
  auto reader = ChunkReader::open(chunk);
  if (!reader) std::abort();
  RowReader rows((*file)->layout, (*file)->columns, Date{2026, 11, 21});
  for (const TakenLine& line : lines->taken) {
    if (!reader->next() || reader->cells().size() != (*file)->columns.size()) std::abort();
    if (rows.row(reader->cells()).id != line.id) std::abort();
    if (const auto exact = reader->exact(); exact && *exact != bytes_of(**file, line.whole)) std::abort();
  }
  if (reader->next()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const BytesView rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 4 == 0) {
    if (parse_layout(rest, "fuzz.toml")) return 0;
  } else {
    read_registry(rest);
  }
  return 0;
}

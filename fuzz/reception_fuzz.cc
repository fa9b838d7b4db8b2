// Any bytes as a shelter list: reading never fails, every line with something on it is kept exactly once and
// in order, no row is both persons and set aside, and reading twice is reading once.
#include <algorithm>
#include <cstdlib>

#include "base/json.h"
#include "text/encoding.h"
#include "town/reception/name_cell.h"
#include "town/reception/sheet_reader.h"

namespace {

using namespace sonae;
using namespace sonae::reception;

const Vocabulary& vocabulary() {
  static const auto tables = text::Tables::open(real_env(), SONAE_DATA_DIR);
  static const auto opened =
      Vocabulary::open(real_env(), SONAE_DATA_DIR, {}, tables ? tables->get() : nullptr);
  if (!opened) std::abort();
  return **opened;
}

void require(bool held) {
  if (!held) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  vocabulary();  // opening takes longer than a single input may
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* content, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(content), size);
  ReadOptions options;
  options.file_name = "list.csv";
  options.today = *Date::of(2026, 3, 12);
  const ReadSheet sheet = read_sheet(vocabulary(), bytes, options);
  const ReadSheet again = read_sheet(vocabulary(), bytes, options);
  require(sheet.lines.size() == again.lines.size());
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < sheet.lines.size(); ++i) {
    const SheetLine& line = sheet.lines[i];
    require(line.line > last);
    last = line.line + static_cast<std::uint64_t>(std::ranges::count(line.raw, '\n'));
    require(!line.raw.empty());
    require(line.kind.has_value() == line.persons.empty());
    require(line.remarks_of.size() == line.persons.size());
    require(line.persons.size() <= 64 * kMostOnOneLine);
    for (const Person& person : line.persons) {
      require(!person.age || (*person.age >= 0 && *person.age <= 130));
      require(std::ranges::is_sorted(person.needs));
    }
    require(to_text(to_json(line.persons)) == to_text(to_json(again.lines[i].persons)));
  }
  return 0;
}

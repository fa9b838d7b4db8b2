// Names with readings that others have collected (../shared/data): used where they are there. Printed are how
// many rows were used, how many agreed, and why the rest did not.
#include <map>

#include "base/csv.h"
#include "text/fold.h"
#include "text/kana.h"
#include "text/test_tables.h"
#include "text/tsv.h"

using namespace sonae;
using namespace sonae::text;

namespace {

struct Tally {
  int used = 0;
  int agreed = 0;
  std::map<std::string, int> reasons;

  void print(const std::string& name) const {
    std::string why;
    for (const auto& [reason, count] : reasons)
      why += reason + " " + std::to_string(count) + "; ";
    MESSAGE(name << ": " << used << " rows used, " << agreed << " agreed; " << why);
  }
};

// Whether a reading in kana and one in romaji mean the same sounds, both ways; else why not.
std::string romaji_disagreement(const std::string& kana, const std::string& romaji) {
  const auto read = romaji_to_katakana(romaji);
  if (!read) return "not romaji";
  if (fold_kana(*read) == fold_kana(kana)) return {};
  // "n" before a vowel without an apostrophe is ナ行: nothing can tell シンイチ from シニチ there.
  std::string joined = katakana_to_romaji(to_katakana(kana));
  std::erase(joined, '\'');
  if (fold_kana(romaji_to_katakana(joined).value_or("")) == fold_kana(*read)) return "ん before a vowel";
  return "the source spells other sounds (" + kana + " " + romaji + ")";
}

void add(Tally& tally, const std::string& reason) {
  ++tally.used;
  if (reason.empty()) {
    ++tally.agreed;
  } else {
    ++tally.reasons[reason];
  }
}

}  // namespace

TEST_CASE("romaji of collected names is read as their kana") {
  for (const std::string file : {"last_name_org.csv", "first_name_man_org.csv", "first_name_woman_org.csv"}) {
    const auto content = shared_file("names/shuheilocale/" + file);
    if (!content) continue;
    Tally tally;
    const bool surnames = file.starts_with("last");
    CsvReader reader(*content);
    while (true) {
      const auto more = reader.next();
      REQUIRE(more);
      if (!*more) break;
      const auto& cells = reader.cells();
      if (cells.size() < (surnames ? 4 : 2)) continue;
      add(tally,
          romaji_disagreement(std::string(cells[surnames ? 2 : 0]), std::string(cells[surnames ? 3 : 1])));
    }
    tally.print(file);
    CHECK(tally.agreed * 1000 >= tally.used * 985);
  }
}

TEST_CASE("readings go to romaji and back") {
  const auto content = shared_file("names_ja/japanese_name_location_dict.txt");
  if (!content) return;
  Tally tally;
  Tally folded;
  for_each_tsv_row(*content, [&](const TsvCells& cells, std::uint64_t) {
    if (cells.size() != 2 || !is_kana_only(cells[1])) return true;
    const std::string katakana = to_katakana(cells[1]);
    const auto back = romaji_to_katakana(katakana_to_romaji(katakana));
    add(tally, back && fold_kana(*back) == fold_kana(katakana) ? "" : "e.g. " + std::string(cells[1]));
    // Folding does not depend on the kind of kana, nor on having been done.
    const std::string name = fold_name(test_tables(), cells[0]);
    const bool stable = fold_kana(cells[1]) == fold_kana(katakana) && fold_name(test_tables(), name) == name;
    add(folded, stable ? "" : std::string(cells[0]));
    return true;
  });
  if (tally.reasons.size() > 12) {
    const std::string example = tally.reasons.begin()->first;
    tally.reasons = {{"ambiguous, as " + example, tally.used - tally.agreed}};
  }
  tally.print("kana to romaji and back");
  folded.print("folded twice");
  CHECK(tally.agreed * 1000 >= tally.used * 995);
  CHECK(folded.agreed == folded.used);
}

#include "link/ceiling.h"

#include <doctest/doctest.h>

#include "link/closer.h"
#include "link/index.h"
#include "link/reader.h"
#include "link/registry.h"
#include "link/test_town.h"

using namespace sonae;
using namespace sonae::link;

TEST_CASE("no candidate weighs more than its ceiling, whatever a closer look shows") {
  RegistryBuilder builder(test_context());
  for (int i = 0; i < 1500; ++i) {
    const Stranger person = stranger(i);
    builder.add(person.record());
  }
  const Registry registry = builder.finish();
  const Index& index = registry.index();
  const Date today = registry.context().today;
  const Comparison compare(index, registry.context(), today);
  const LogWeights weights(Weights::defaults());
  WordCache cache;
  std::size_t compared = 0;
  for (int number = 0; number < 60; ++number) {
    const Stranger person = stranger(number);
    for (int kind = 0; kind < 6; ++kind) {
      Record row = person.record();
      row.household = {};
      std::string name = person.name;
      const std::size_t gap = name.find("　");
      const std::string turned = name.substr(gap + 3) + "　" + name.substr(0, gap);
      if (kind == 1) row.kana = {};  // may be read alike
      if (kind == 2) row.birth = {}, row.age = 2026 - person.birth.year, row.phone = {};
      if (kind == 3) row.name = {}, row.address = "高富";                 // kana only, town only
      if (kind == 4) row.kana = {}, row.name = name.replace(0, 3, "斎");  // a kanji is wrong
      if (kind == 5) row.kana = {}, row.name = turned;
      for (const Query& query :
           read_row(registry.context(), row, cache, index.frequencies(), index.places())) {
        const ValueFrequencies values(index, query, today);
        const Ceiling ceiling(weights, values, query.features);
        for (std::uint32_t slot = 0; slot < index.slots(); ++slot) {
          const Features& resident = index.features(slot);
          const Pattern quick = compare.quickly(query, RowName(query.features), resident);
          const Pattern pattern = compare.closely(query, resident, quick);
          REQUIRE(pattern == compare(query, resident));
          const Scored scored = score(weights, values, resident, slot, pattern);
          REQUIRE(weights.m(pattern) - scored.log_u <= ceiling.of(quick) + 1e-3F);
          ++compared;
        }
      }
    }
  }
  CHECK(compared >= 60U * 6 * 1500);
}

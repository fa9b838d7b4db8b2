// By which fields records of two tables are brought together.
#include "link/table_blocks.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace sonae;
using namespace sonae::link;

namespace {

// Six fields; the telephone tells people apart by itself, and lists hardly ever give it.
struct Tables {
  Spec spec;
  std::vector<Dictionary> dictionaries{6};
  Table left, right;
  static constexpr std::size_t kPhone = 5;

  explicit Tables(std::size_t residents) {
    const FieldKind kinds[] = {FieldKind::name,     FieldKind::name,   FieldKind::date,
                               FieldKind::category, FieldKind::number, FieldKind::number};
    for (const FieldKind kind : kinds)
      spec.fields.push_back({"f", "f", kind, {}});
    left.fields = right.fields = spec.fields.size();
    std::mt19937_64 random(3);
    const auto one_of = [&](std::size_t many) { return std::to_string(random() % many); };
    for (std::size_t i = 0; i < residents; ++i) {
      const std::string cells[] = {
          "family" + one_of(3000),
          "given" + one_of(2000),
          std::to_string(1930 + random() % 90) + "-0" + std::to_string(1 + random() % 9) + "-1" + one_of(10),
          "town" + one_of(40),
          one_of(900),
          "0735" + std::to_string(100000 + i)};
      right.ids.push_back(std::to_string(i));
      for (std::size_t f = 0; f < 6; ++f)
        right.values.push_back(dictionaries[f].add(cells[f], kinds[f]));
    }
    for (std::size_t i = 0; i < 500; ++i) {
      left.ids.push_back(std::to_string(i));
      for (std::size_t f = 0; f < 6; ++f)
        left.values.push_back(f == kPhone && i % 50 != 0 ? 0 : right.record(i * 7 % residents)[f]);
    }
  }
  std::vector<Block> blocks() const { return choose_blocks(spec, dictionaries, left, right); }
};

}  // namespace

TEST_CASE("a large table is not looked up by a field alone that the other one hardly ever has") {
  const Tables tables(220'000);
  const std::vector<Block> blocks = tables.blocks();
  REQUIRE_FALSE(blocks.empty());
  const auto by_phone = std::ranges::count_if(blocks, [](const Block& block) {
    return std::ranges::any_of(block, [](const BlockPart& p) { return p.field == Tables::kPhone; });
  });
  CHECK(by_phone <= 1);
  // Whatever one field is wrong, another block finds the partner.
  for (std::size_t wrong = 0; wrong < Tables::kPhone; ++wrong) {
    CAPTURE(wrong);
    CHECK(std::ranges::any_of(blocks, [&](const Block& block) {
      return std::ranges::none_of(
          block, [&](const BlockPart& p) { return p.field == wrong || p.field == Tables::kPhone; });
    }));
  }
}

TEST_CASE("the same tables give the same blocks, and a part of an empty field agrees with nothing") {
  const Tables tables(2'000);
  CHECK(tables.blocks() == tables.blocks());
  const ValueNumber nothing[6] = {};
  for (const Block& block : tables.blocks()) {
    CHECK((block.size() == 1 || block.size() == 2));
    CHECK(block_hash(block, nothing, tables.dictionaries) == 0);
    CHECK(block_hash(block, tables.right.record(0), tables.dictionaries) != 0);
  }
}

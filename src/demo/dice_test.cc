#include "demo/dice.h"

#include <doctest/doctest.h>

#include <set>

using namespace sonae::demo;

TEST_CASE("dice: the draws of a seed never change, or all towns would") {
  Dice dice(1, Purpose::household, 0);
  const std::uint64_t first = dice.next();
  const std::uint64_t second = dice.next();
  CHECK(first == 18210742990652214ULL);
  CHECK(second == 11665614391175161140ULL);
}

TEST_CASE("dice: seed, purpose and index each make other draws") {
  std::set<std::uint64_t> firsts;
  for (std::uint64_t seed = 0; seed < 10; ++seed)
    for (const Purpose purpose : {Purpose::household, Purpose::next_day, Purpose::writing})
      for (std::uint64_t index = 0; index < 100; ++index)
        firsts.insert(Dice(seed, purpose, index).next());
  CHECK(firsts.size() == 10 * 3 * 100);
}

TEST_CASE("dice: draws are even and within their bounds") {
  Dice dice(2, Purpose::sheet);
  std::vector<int> counts(6);
  for (int i = 0; i < 60'000; ++i)
    ++counts[dice.below(6)];
  for (const int count : counts) {
    CHECK(count > 9'600);
    CHECK(count < 10'400);
  }
  int hits = 0;
  for (int i = 0; i < 10'000; ++i) {
    hits += dice.chance(0.3);
    const int between = dice.between(-3, 4);
    CHECK(between >= -3);
    CHECK(between <= 4);
  }
  CHECK(hits > 2'800);
  CHECK(hits < 3'200);
  CHECK_FALSE(dice.chance(0));
  CHECK(dice.chance(1));
}

TEST_CASE("weights: what weighs nothing is never drawn, what weighs more is drawn more") {
  Weights weights;
  for (const std::uint32_t weight : {0U, 1U, 3U, 0U})
    weights.add(weight);
  Dice dice(3, Purpose::sheet);
  std::vector<int> counts(4);
  for (int i = 0; i < 8'000; ++i)
    ++counts[weights.draw(dice)];
  CHECK(counts[0] == 0);
  CHECK(counts[3] == 0);
  CHECK(counts[1] > 1'800);
  CHECK(counts[1] < 2'200);
}

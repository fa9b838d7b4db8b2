#include "town/inquiry/limits.h"

#include <doctest/doctest.h>

using namespace sonae;
using inquiry::Limits;

namespace {
constexpr inquiry::Allowance kAllowance{3, 10'000, 1'000, 8'000};
Instant at(std::int64_t ms) {
  return Instant{ms};
}
}  // namespace

TEST_CASE("limits: a few at once, then longer and longer waits") {
  Limits limits;
  for (int i = 0; i < 3; ++i)
    CHECK(limits.ask("a", kAllowance, at(0)).seconds == 0);
  const Limits::Verdict first = limits.ask("a", kAllowance, at(0));
  CHECK(first.seconds == 1);
  CHECK(first.begins);
  CHECK_FALSE(limits.ask("a", kAllowance, at(500)).begins);  // asking meanwhile makes it no longer
  std::int64_t now = 1'000;
  for (const std::int64_t wait : {2, 4, 8, 8}) {
    CHECK(limits.ask("a", kAllowance, at(now)).seconds == 0);  // one after each wait
    const Limits::Verdict next = limits.ask("a", kAllowance, at(now));
    CHECK(next.seconds == wait);
    CHECK(next.begins);
    now += wait * 1'000;
  }
}

TEST_CASE("limits: askers do not share a meter, and who rests starts anew") {
  Limits limits;
  for (int i = 0; i < 4; ++i)
    limits.ask("a", kAllowance, at(0));
  CHECK(limits.ask("b", kAllowance, at(0)).seconds == 0);
  CHECK(limits.ask("a", kAllowance, at(60'000)).seconds == 0);
  for (int i = 0; i < 2; ++i)
    CHECK(limits.ask("a", kAllowance, at(60'000)).seconds == 0);
  CHECK(limits.ask("a", kAllowance, at(60'000)).seconds == 1);
}

TEST_CASE("limits: a clock that jumps back gives nothing and takes nothing") {
  Limits limits;
  CHECK(limits.ask("a", kAllowance, at(1'000'000)).seconds == 0);
  CHECK(limits.ask("a", kAllowance, at(0)).seconds == 0);
  CHECK(limits.ask("a", kAllowance, at(0)).seconds == 0);
  CHECK(limits.ask("a", kAllowance, at(0)).seconds == 1);
}

TEST_CASE("limits: of a crowd those who rested longest are forgotten, many at once") {
  Limits limits;
  for (int i = 0; i < 4; ++i)
    limits.ask("newest", kAllowance, at(1'000'000));
  for (std::size_t i = 0; i < Limits::kRemembered + 10; ++i)
    limits.ask(std::to_string(i), kAllowance, at(static_cast<std::int64_t>(i) / 1000));
  CHECK(limits.remembered() <= Limits::kRemembered);
  CHECK(limits.remembered() > Limits::kRemembered / 2);
  CHECK(limits.ask("newest", kAllowance, at(1'000'000)).seconds > 0);
  // All of one moment: some go all the same.
  for (std::size_t i = 0; i < Limits::kRemembered; ++i)
    limits.ask("same " + std::to_string(i), kAllowance, at(2'000'000));
  CHECK(limits.remembered() <= Limits::kRemembered);
}

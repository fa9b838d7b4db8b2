#include "api/hold.h"

#include <doctest/doctest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using namespace sonae;

namespace {
Status disk_full() {
  return fail(ErrorCode::disk_full, {"満杯", "full"});
}
}  // namespace

TEST_CASE("hold: an answer that waits for nothing leaves at once") {
  const auto hold = std::make_shared<api::Hold>();
  std::optional<Status> left;
  hold->then([&](Status how) { left = how; });
  REQUIRE(left.has_value());
  CHECK(left->has_value());
}

TEST_CASE("hold: an answer leaves when all that was begun has ended, with the first failure") {
  for (const bool fails : {false, true}) {
    const auto hold = std::make_shared<api::Hold>();
    auto first = hold->begin();
    auto second = hold->begin();
    first(fails ? disk_full() : Status());
    std::optional<Status> left;
    hold->then([&](Status how) { left = how; });
    CHECK_FALSE(left.has_value());
    second({});
    REQUIRE(left.has_value());
    CHECK(left->has_value() == !fails);
  }
}

TEST_CASE("hold: what ends on many threads lets the answer leave once") {
  for (int round = 0; round < 200; ++round) {
    const auto hold = std::make_shared<api::Hold>();
    std::atomic<int> left = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([end = hold->begin()]() mutable { end({}); });
    hold->then([&](Status) { ++left; });
    for (std::thread& thread : threads)
      thread.join();
    CHECK(left == 1);
  }
}

#include "town/access/lockout.h"

#include <doctest/doctest.h>

using namespace sonae;

TEST_CASE("lock-out: the fifth failure waits 30 seconds, the next ones twice as long, to 15 minutes") {
  access::Lockout lockout;
  Instant now{1'000'000'000};
  for (int i = 0; i < 4; ++i)
    CHECK_FALSE(lockout.failed("hanako", now));
  CHECK(lockout.seconds_to_wait("hanako", now) == 0);
  CHECK(lockout.failed("hanako", now));
  CHECK(lockout.seconds_to_wait("hanako", now) == 30);
  CHECK(lockout.seconds_to_wait("taro", now) == 0);
  now.milliseconds += 30'000;
  CHECK(lockout.seconds_to_wait("hanako", now) == 0);
  lockout.failed("hanako", now);
  CHECK(lockout.seconds_to_wait("hanako", now) == 60);
  for (int i = 0; i < 20; ++i)
    lockout.failed("hanako", now);
  CHECK(lockout.seconds_to_wait("hanako", now) == 900);
}

TEST_CASE("lock-out: success and an hour of peace wipe the slate") {
  access::Lockout lockout;
  Instant now{1'000'000'000};
  for (int i = 0; i < 5; ++i)
    lockout.failed("hanako", now);
  lockout.succeeded("hanako");
  CHECK(lockout.seconds_to_wait("hanako", now) == 0);
  for (int i = 0; i < 4; ++i)
    lockout.failed("hanako", now);
  now.milliseconds += 3'600'001;
  CHECK_FALSE(lockout.failed("hanako", now));
}

TEST_CASE("lock-out: a flood of made-up logins fills no memory and frees nobody who fails now") {
  access::Lockout lockout;
  for (int i = 0; i < 20'000; ++i)
    lockout.failed("user" + std::to_string(i), Instant{i});
  for (int i = 0; i < 5; ++i)
    lockout.failed("hanako", Instant{30'000});
  CHECK(lockout.seconds_to_wait("hanako", Instant{30'000}) == 30);
}

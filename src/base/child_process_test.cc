#include "base/child_process.h"

#include <doctest/doctest.h>

#include "base/env.h"
#include "base/private_directory.h"

using namespace sonae;

TEST_CASE("program: its output, its exit code, its environment, what it reads") {
  const PrivateDirectory place("program");
  const std::string out = place.file("out"), wrong = place.file("errors");
  ProgramCall call{{"sh", "-c", "cat; echo $SONAE_WORD; echo wrong >&2; exit 3"}, out};
  call.errors = wrong;
  call.environment = {{"SONAE_WORD", "備え"}};
  int pieces = 0;
  call.feed = [&](char* into, std::size_t at_most) -> Result<std::size_t> {
    if (pieces++ == 3) return 0;
    const std::size_t count = std::min<std::size_t>(at_most, 50'000);
    std::fill_n(into, count, 'x');
    return count;
  };
  CHECK(run_program(call).value() == 3);
  const bool same = real_env().disk.read_all(out).value() == Bytes(150'000, 'x') + "備え\n";
  CHECK(same);
  CHECK(real_env().disk.read_all(wrong).value() == "wrong\n");
  CHECK(run_program({{"sh", "-c", "kill -9 $$"}, out}).value() == 137);
  CHECK(run_program({{"sonae-has-no-such-program"}, out}).error().code == ErrorCode::unsupported);
}

TEST_CASE("program: one that reads no more, one that is stopped, one whose feed fails") {
  const PrivateDirectory place("program");
  const std::string out = place.file("out");
  ProgramCall closed{{"true"}, out};
  closed.feed = [](char*, std::size_t at_most) -> Result<std::size_t> { return at_most; };
  CHECK(run_program(closed).value() == 0);
  ProgramCall slow{{"sleep", "60"}, out};
  slow.stop = [] { return true; };
  CHECK(run_program(slow).error().code == ErrorCode::cancelled);
  ProgramCall unfed{{"cat"}, out};
  unfed.feed = [](char*, std::size_t) -> Result<std::size_t> { return fail(ErrorCode::io_failure, {}); };
  CHECK(run_program(unfed).error().code == ErrorCode::io_failure);
}

#include "journal/high_water.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "journal/testing.h"
#include "journal/testing_view.h"

using namespace sonae;
using namespace sonae::journal;

TEST_CASE("a restored directory is noticed, a continued one is not") {
  TestTown town;
  const NodeId node = town.journal().node();
  const TemporaryDirectory elsewhere;
  const auto fresh = store::open_sqlite(elsewhere.path() + "/fresh.db").value();
  CHECK(heads(*fresh->connect(), node).empty());
  CHECK(compare(*fresh->connect(), {}) == HighWater::fits);

  REQUIRE(town.journal().append({{note("a", "1"), note("a", "2")}, {}, {}}));
  const std::vector<LogHead> early = heads(*town.journal().reader(), node);
  REQUIRE(early.size() == 1);
  CHECK(early[0].size == 2);
  town.database().connect()->script("PRAGMA wal_checkpoint(TRUNCATE)");
  std::filesystem::copy_file(town.directory() + "/town.db", elsewhere.path() + "/backup.db");

  REQUIRE(town.journal().append({{note("a", "3")}, {}, {}}));
  const std::vector<LogHead> late = heads(*town.journal().reader(), node);
  CHECK(compare(*town.journal().reader(), early) == HighWater::fits);
  CHECK(compare(*town.journal().reader(), late) == HighWater::fits);
  CHECK(compare(*fresh->connect(), late) == HighWater::behind);

  const auto backup = store::open_sqlite(elsewhere.path() + "/backup.db").value();
  CHECK(compare(*backup->connect(), early) == HighWater::fits);
  CHECK(compare(*backup->connect(), late) == HighWater::behind);
  // Continued all the same, under the same key: the log forks, and that is seen too.
  const auto copy = Journal::open(town.env(), *backup, town.options(), {}).value();
  REQUIRE(copy->append({{note("a", "another third")}, {}, {}}));
  CHECK(compare(*backup->connect(), late) == HighWater::forked);
}

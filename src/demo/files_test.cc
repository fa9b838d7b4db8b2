#include "demo/files.h"

#include <doctest/doctest.h>

#include "base/csv.h"
#include "base/fake_env.h"
#include "demo/test_town.h"

using namespace sonae;
using namespace sonae::demo;

namespace {

std::uint64_t records(Disk& disk, const std::string& path) {
  const Bytes content = *disk.read_all(path);
  CsvReader reader(content);
  std::uint64_t count = 0;
  while (*reader.next())
    ++count;
  return count - 1;  // the header
}

}  // namespace

TEST_CASE("the folder holds registry, lists and truth, and says that all is fictional") {
  MemoryDisk disk;
  FakeClock clock;
  SeededRandom random(1);
  Env env{clock, random, disk};
  const Result<Summary> summary = write_files(env, test_names(), test_places(), "/demo",
                                              {.seed = 1, .residents = 5'000}, {}, no_progress());
  REQUIRE(summary);
  CHECK(summary->residents == 5'000);
  CHECK(records(disk, summary->registry) == 5'000);
  CHECK(records(disk, "/demo/truth/whereabouts.csv") == 5'000);
  CHECK(records(disk, "/demo/truth/next_day.csv") == summary->differences);
  CHECK(records(disk, summary->registry_next_day) > 4'900);
  CHECK(records(disk, summary->registry_kihon) == 5'000);
  CHECK(records(disk, summary->registry_kihon_next_day) >= records(disk, summary->registry_next_day));
  CHECK(records(disk, summary->registry_plain_2012) == 5'000 - 1);  // it has no header
  CHECK(disk.read_all(summary->gaiji)->find("F040\t𠮷") != std::string::npos);
  CHECK(records(disk, "/demo/protected.csv") == summary->protected_ids.size());
  CHECK(summary->protected_ids.size() >= 3);
  CHECK(summary->in_the_tsunami_area > 1'000);
  CHECK(summary->in_the_tsunami_area < 4'000);
  CHECK(disk.read_all("/demo/README.txt")->find("架空") != std::string::npos);
  CHECK(disk.read_all(summary->area)->find("架空") != std::string::npos);

  std::uint64_t persons = 0;
  for (const ListFile& list : summary->lists) {
    persons += list.persons;
    CHECK(disk.read_all(list.path));
  }
  CHECK(records(disk, "/demo/truth/lists.csv") == persons);
  CHECK(records(disk, summary->entries) <= persons);
  CHECK(summary->lists.size() > 20);
}

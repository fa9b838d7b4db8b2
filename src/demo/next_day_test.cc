#include "demo/next_day.h"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "demo/registry_file.h"
#include "demo/test_town.h"

using namespace sonae;
using namespace sonae::demo;

namespace {

using Registry = std::map<std::string, std::string>;  // the simple record of each id

void put(Registry& registry, const Household& household) {
  for (const Resident& resident : household) {
    if (resident.state != State::resident) continue;
    std::string record;
    append_record(record, Layout::simple, resident, {2026, 11, 20});
    CHECK(registry.emplace(resident.id, record).second);
  }
}

}  // namespace

TEST_CASE("the truth about the next day is what really differs between the registries") {
  const TownOptions options{.seed = 11, .residents = 30'000};
  Registry before, after;
  Town first = test_town(options);
  while (const Household* const household = first.next())
    put(before, *household);
  Town second = test_town(options);
  NextDay day(second);
  while (const Household* const household = day.next())
    put(after, *household);

  std::map<Change, std::set<std::string>> told;
  for (const Difference& difference : day.differences())
    told[difference.change].insert(difference.resident_id);

  std::set<std::string> gone, come, changed;
  for (const auto& [id, record] : before) {
    if (!after.contains(id))
      gone.insert(id);
    else if (after[id] != record)
      changed.insert(id);
  }
  for (const auto& [id, record] : after)
    if (!before.contains(id)) come.insert(id);

  const auto both = [](std::set<std::string> one, const std::set<std::string>& other) {
    one.insert(other.begin(), other.end());
    return one;
  };
  CHECK(changed == told[Change::changed]);
  CHECK(come == both(told[Change::born], told[Change::moved_in]));
  CHECK(gone == both(both(told[Change::died], told[Change::moved_out]), told[Change::vanished]));
  for (const Change change :
       {Change::moved_in, Change::born, Change::moved_out, Change::died, Change::changed, Change::vanished}) {
    CAPTURE(name_of(change));
    CHECK(!told[change].empty());
  }
}

#include "demo/town.h"

#include <doctest/doctest.h>

#include <array>
#include <map>
#include <set>

#include "base/hash.h"
#include "demo/numbers.h"
#include "demo/registry_file.h"
#include "demo/test_town.h"

using namespace sonae;
using namespace sonae::demo;

TEST_CASE("the town has exactly as many residents as asked for, each with numbers of their own") {
  for (const std::uint64_t residents : {1ULL, 12ULL, 14'000ULL, 100'000ULL}) {
    Town town = test_town({.seed = 7, .residents = residents});
    std::set<std::string> ids, codes, numbers, households;
    std::uint64_t count = 0, homes = 0;
    while (const Household* const household = town.next()) {
      ++homes;
      households.insert(household->front().household_id);
      CHECK(household->front().relation == "02");
      for (const Resident& resident : *household) {
        CHECK(resident.number == count++);
        CHECK(resident.household_id == household->front().household_id);
        ids.insert(resident.id);
        codes.insert(resident.resident_code);
        numbers.insert(resident.personal_number);
      }
    }
    CHECK(count == residents);
    CHECK(ids.size() == residents);
    CHECK(codes.size() == residents);
    CHECK(numbers.size() == residents);
    CHECK(households.size() == homes);
  }
}

TEST_CASE("a seed gives the same town on every machine and by every compiler") {
  Town town = test_town({.seed = 1, .residents = 3000});
  std::string text;
  while (const Household* const household = town.next())
    for (const Resident& resident : *household)
      append_record(text, Layout::simple, resident, {2026, 11, 20});
  Town again = test_town({.seed = 1, .residents = 3000});
  Town other = test_town({.seed = 2, .residents = 3000});
  std::string same, different;
  while (const Household* const household = again.next())
    for (const Resident& resident : *household)
      append_record(same, Layout::simple, resident, {2026, 11, 20});
  while (const Household* const household = other.next())
    for (const Resident& resident : *household)
      append_record(different, Layout::simple, resident, {2026, 11, 20});
  CHECK(text == same);
  CHECK(text != different);
}

TEST_CASE("ages and households are those of a shrinking town on the coast") {
  Town town = test_town({.seed = 3});
  std::map<std::string, int> sizes;
  int people = 0, old = 0, children = 0, women = 0, foreign = 0, is_protected = 0, homes = 0,
      alone_and_old = 0, unknown = 0;
  while (const Household* const household = town.next()) {
    ++homes;
    for (const Resident& resident : *household) {
      ++people;
      const int age = age_of(resident, town.options().as_of);
      REQUIRE(age >= 0);
      REQUIRE(age <= 108);
      old += age >= 65;
      children += age < 15;
      women += resident.sex == Sex::female;
      foreign += resident.foreign;
      is_protected += resident.is_protected;
      unknown += !resident.birth.is_whole();
      alone_and_old += age >= 65 && household->size() == 1;
    }
  }
  CHECK(old > people * 42 / 100);
  CHECK(old < people * 50 / 100);
  CHECK(children > people * 6 / 100);
  CHECK(children < people * 11 / 100);
  CHECK(people < homes * 22 / 10);
  CHECK(people > homes * 17 / 10);
  CHECK(women > people * 50 / 100);
  CHECK(foreign > people * 4 / 1000);
  CHECK(foreign < people * 15 / 1000);
  CHECK(is_protected >= 3);
  CHECK(is_protected < people * 3 / 1000);
  CHECK(unknown >= 1);
  CHECK(alone_and_old > people / 10);
}

TEST_CASE("parents are older than their children, and husbands and wives are grown up") {
  Town town = test_town({.seed = 5});
  while (const Household* const household = town.next()) {
    const int head = age_of(household->front(), town.options().as_of);
    std::set<std::string> given;
    for (const Resident& resident : *household) {
      const int age = age_of(resident, town.options().as_of);
      given.insert(resident.given.written);
      if (resident.relation == "20") CHECK(age < head - 13);
      if (resident.relation == "51" || resident.relation == "52") CHECK(age > head + 15);
      if (resident.relation == "12" || resident.relation == "11") CHECK(age >= 18);
      CHECK(head >= 18);
      CHECK(resident.resident_since <= town.options().as_of);
    }
    CHECK(given.size() == household->size());
  }
}

TEST_CASE("no telephone number exists, and check digits are right") {
  Town town = test_town({.seed = 9});
  while (const Household* const household = town.next())
    for (const Resident& resident : *household) {
      const std::string& phone = resident.phone;
      const bool not_assigned = phone.empty() || phone.starts_with("0735-0") || phone.starts_with("090-0") ||
                                phone.starts_with("080-0") || phone.starts_with("070-0");
      CHECK(not_assigned);
    }
  CHECK(landline(5).size() == 12);
  CHECK(mobile(5).size() == 13);
  CHECK(resident_code(0).size() == 11);
  CHECK(personal_number(0).size() == 12);
}

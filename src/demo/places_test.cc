#include "demo/places.h"

#include <doctest/doctest.h>

#include <set>

#include "demo/test_town.h"
#include "demo/whereabouts.h"
#include "text/address.h"
#include "text/gazetteer.h"
#include "text/test_tables.h"

using namespace sonae;
using namespace sonae::demo;

TEST_CASE("a point is inside a ring or it is not") {
  const Ring square{{0, 0}, {0, 1}, {1, 1}, {1, 0}};
  CHECK(is_inside(square, {0.5, 0.5}));
  CHECK_FALSE(is_inside(square, {1.5, 0.5}));
  CHECK_FALSE(is_inside(square, {0.5, -0.5}));
  CHECK(metres_between({135.78, 33.47}, {135.78, 33.48}) == doctest::Approx(1110).epsilon(0.01));
}

TEST_CASE("shelters have names of their own, and open ones stay dry") {
  const Places& places = test_places();
  std::set<std::string> names;
  for (const Shelter& shelter : places.open_shelters()) {
    CHECK(names.insert(shelter.name).second);
    CHECK_FALSE(places.tsunami_reaches(shelter.point));
  }
  CHECK(names.size() > 30);
  const std::vector<std::uint32_t> nearest = places.nearest_shelters({135.76, 33.445}, 3);
  REQUIRE(nearest.size() == 3);
  CHECK(places.open_shelters()[nearest[0]].town == "潮岬");
}

TEST_CASE("every address is read whole and placed in its block") {
  const auto& tables = text::test_tables();
  const std::string points = SONAE_DATA_DIR "/demo/kushimoto/blocks.tsv";
  const text::Gazetteer gazetteer = *text::Gazetteer::open(real_env(), SONAE_DATA_DIR, tables, "304280",
                                                           *text::read_block_points(real_env(), points));
  for (const std::uint64_t residents : {14'000ULL, 50'000ULL}) {
    Town town = test_town({.seed = 31, .residents = residents});
    while (const Household* const household = town.next()) {
      const Address& home = household->front().address;
      const text::Address read = text::parse_address(gazetteer, tables, full_address(home));
      CAPTURE(full_address(home));
      CHECK(read.town_known);
      CHECK(read.town == home.town);
      CHECK(read.building == home.building);
      CHECK(read.left_over.empty());
      const auto placed = gazetteer.place(read.town, read.block);
      REQUIRE(placed);
      CHECK(metres_between({placed->position.longitude, placed->position.latitude},
                           {home.longitude, home.latitude}) < 1);
    }
  }
}

TEST_CASE("where people are makes an unconfirmed list worth reading") {
  const TownOptions options{.seed = 32};
  Town town = test_town(options);
  int reached = 0, people = 0, sheltered = 0, unknown = 0, unknown_elsewhere = 0;
  while (const Household* const household = town.next()) {
    const bool came = lives_where_the_tsunami_came(test_places(), household->front());
    for (const Stay& stay : stays_of(test_places(), options, *household)) {
      ++people;
      reached += came;
      sheltered += came && stay.where == Whereabouts::at_shelter;
      unknown += came && stay.where == Whereabouts::unknown;
      unknown_elsewhere += !came && stay.where == Whereabouts::unknown;
    }
  }
  CHECK(reached > people / 3);
  CHECK(reached < people * 2 / 3);
  CHECK(sheltered > reached / 2);
  CHECK(unknown > reached / 10);
  CHECK(unknown_elsewhere < unknown / 10);
}

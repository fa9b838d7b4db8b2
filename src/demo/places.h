// Where the demonstration town's people live and flee to: its real towns (町字) and shelters, block numbers
// and points that are made up around them, and the area that a fictional tsunami reaches. Read from
// data/demo/kushimoto/. Immutable after opening; every thread may use it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/env.h"
#include "demo/dice.h"
#include "demo/resident.h"

namespace sonae::demo {

struct Point {
  double longitude = 0;
  double latitude = 0;
};

// Metres between two points that are near each other (equirectangular, good to a per cent over a town).
double metres_between(Point one, Point other);

using Ring = std::vector<Point>;  // the outline of a polygon; closed or not
bool is_inside(const Ring& ring, Point point);

struct Shelter {
  std::string name;
  std::string town;
  Point point;
};

class Places {
 public:
  static Result<Places> open(Env& env, const std::string& data_directory);

  // A household's home: a town by its weight, a block of it, a branch number (枝番) where households are
  // many. `households` is about how many the town is made for.
  Address home(Dice& dice, std::uint64_t households) const;
  // One of the homes for the elderly, where many live at one address; `which` counts from 0.
  Address care_home(std::uint64_t which) const;

  bool tsunami_reaches(Point point) const;
  const std::string& tsunami_geojson() const { return tsunami_geojson_; }  // its area, as read
  // Those that the tsunami does not reach.
  const std::vector<Shelter>& open_shelters() const { return shelters_; }
  // Indexes into open_shelters(), the nearest first; at most `count`.
  std::vector<std::uint32_t> nearest_shelters(Point point, std::size_t count) const;
  std::size_t block_count() const;

 private:
  struct Block {
    std::string number;  // 1234, 12-3
    Point point;
  };
  struct Town {
    std::string name;
    std::string postcode;
    std::uint32_t weight = 1;
    std::vector<Block> blocks;
  };
  Status read_towns(Env& env, const std::string& directory);
  Status read_blocks(Env& env, const std::string& directory);
  Status read_tsunami(Env& env, const std::string& directory);
  Status read_shelters(Env& env, const std::string& directory);
  Town* find_town(std::string_view name);

  std::vector<Town> towns_;
  Weights weights_;
  std::string tsunami_geojson_;
  std::vector<Ring> tsunami_;
  std::vector<Shelter> shelters_;
};

}  // namespace sonae::demo

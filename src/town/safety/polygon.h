// A polygon on the map, from GeoJSON (RFC 7946), by GEOS. One thread at a time.
#pragma once

#include <memory>
#include <string_view>

#include "base/json.h"
#include "text/gazetteer.h"

namespace sonae::safety {

class Polygon {
 public:
  // A Polygon, MultiPolygon, Feature or FeatureCollection (its polygons together). Lines that cross
  // themselves, as in what was drawn by hand, are put right. invalid_input says what is wrong: not GeoJSON,
  // no area, degrees out of range, latitude before longitude.
  static Result<Polygon> parse(const json::value& geojson);

  Polygon(Polygon&&) noexcept;
  Polygon& operator=(Polygon&&) noexcept;
  ~Polygon();

  bool contains(const text::Position& position) const;  // the border belongs to it

 private:
  struct Geometry;
  explicit Polygon(std::unique_ptr<Geometry> geometry);
  std::unique_ptr<Geometry> geometry_;
};

}  // namespace sonae::safety

#include "town/safety/polygon.h"

#include <geos_c.h>

#include <cmath>

namespace sonae::safety {

namespace {

constexpr std::size_t kMostPoints = 200'000;

std::unexpected<Error> not_an_area(Phrase what, std::string where = {}) {
  return fail(ErrorCode::invalid_input, std::move(what), std::move(where),
              {"GeoJSON の Polygon か MultiPolygon（経度、緯度の順）にしてください",
               "Give a GeoJSON Polygon or MultiPolygon, longitude before latitude"});
}

// A number of a position; NaN where it is none.
double degree(const json::value& value) {
  if (value.is_double()) return value.get_double();
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  return std::nan("");
}

// Checks every position before GEOS sees it, so that an error can say what is wrong with it.
Status check_ring(const json::value& ring, std::size_t& points) {
  if (!ring.is_array() || ring.get_array().size() < 4)
    return not_an_area({"輪が4点に足りません（始点と終点は同じ点）",
                        "A ring needs four points, the last equal to the first"});
  for (const json::value& position : ring.get_array()) {
    if (!position.is_array() || position.get_array().size() < 2)
      return not_an_area({"座標は [経度, 緯度] です", "A position is [longitude, latitude]"});
    const double longitude = degree(position.get_array()[0]), latitude = degree(position.get_array()[1]);
    if (std::abs(latitude) > 90 && std::abs(longitude) <= 90)
      return not_an_area({"緯度と経度が逆のようです", "Latitude and longitude seem to be exchanged"});
    if (!(std::abs(longitude) <= 180) || !(std::abs(latitude) <= 90))
      return not_an_area({"座標が範囲外です", "A position is out of range"});
    if (++points > kMostPoints)
      return fail(ErrorCode::too_large, {"点が多すぎます", "There are too many points"});
  }
  return {};
}

Status check_polygon(const json::value& coordinates, std::size_t& points) {
  if (!coordinates.is_array() || coordinates.get_array().empty())
    return not_an_area({"輪がありません", "There is no ring"});
  for (const json::value& ring : coordinates.get_array())
    TRY(check_ring(ring, points));
  return {};
}

// Collects the coordinates of every polygon in a GeoJSON object.
Status collect(const json::value& value, json::array& polygons, std::size_t& points, int depth = 0) {
  const json::object* const object = value.if_object();
  const json::value* const type = object == nullptr ? nullptr : object->if_contains("type");
  if (type == nullptr || !type->is_string() || depth > 3)
    return not_an_area({"GeoJSON として読めません", "This is not GeoJSON"});
  const std::string_view kind = type->get_string();
  const auto member = [&](const char* name) { return object->if_contains(name); };
  if (kind == "FeatureCollection") {
    const json::value* const features = member("features");
    if (features == nullptr || !features->is_array())
      return not_an_area({"features がありません", "There are no features"}, "features");
    for (const json::value& feature : features->get_array())
      TRY(collect(feature, polygons, points, depth + 1));
    return {};
  }
  if (kind == "Feature") {
    const json::value* const geometry = member("geometry");
    if (geometry == nullptr)
      return not_an_area({"geometry がありません", "There is no geometry"}, "geometry");
    return collect(*geometry, polygons, points, depth + 1);
  }
  const json::value* const coordinates = member("coordinates");
  if (coordinates == nullptr)
    return not_an_area({"座標がありません", "There are no coordinates"}, "coordinates");
  if (kind == "Polygon") {
    TRY(check_polygon(*coordinates, points));
    polygons.push_back(*coordinates);
    return {};
  }
  if (kind == "MultiPolygon" && coordinates->is_array()) {
    for (const json::value& polygon : coordinates->get_array()) {
      TRY(check_polygon(polygon, points));
      polygons.push_back(polygon);
    }
    return {};
  }
  return not_an_area({"面ではありません", "This is not an area"}, std::string(kind));
}

}  // namespace

struct Polygon::Geometry {
  GEOSContextHandle_t context = GEOS_init_r();
  GEOSGeometry* whole = nullptr;
  const GEOSPreparedGeometry* prepared = nullptr;
  ~Geometry() {
    if (prepared != nullptr) GEOSPreparedGeom_destroy_r(context, prepared);
    if (whole != nullptr) GEOSGeom_destroy_r(context, whole);
    GEOS_finish_r(context);
  }
};

Polygon::Polygon(std::unique_ptr<Geometry> geometry) : geometry_(std::move(geometry)) {}
Polygon::Polygon(Polygon&&) noexcept = default;
Polygon& Polygon::operator=(Polygon&&) noexcept = default;
Polygon::~Polygon() = default;

Result<Polygon> Polygon::parse(const json::value& geojson) {
  json::array polygons;
  std::size_t points = 0;
  TRY(collect(geojson, polygons, points));
  if (polygons.empty()) return not_an_area({"面がありません", "There is no area in it"});

  auto geometry = std::make_unique<Geometry>();
  const GEOSContextHandle_t context = geometry->context;
  GEOSGeoJSONReader* const reader = GEOSGeoJSONReader_create_r(context);
  const std::string text =
      to_text(json::object{{"type", "MultiPolygon"}, {"coordinates", std::move(polygons)}});
  GEOSGeometry* const read = GEOSGeoJSONReader_readGeometry_r(context, reader, text.c_str());
  GEOSGeoJSONReader_destroy_r(context, reader);
  if (read == nullptr)
    return not_an_area({"面として読めません（輪が閉じていません）", "Not an area: a ring is not closed"});
  geometry->whole = GEOSMakeValid_r(context, read);
  GEOSGeom_destroy_r(context, read);
  double area = 0;
  if (geometry->whole == nullptr || GEOSArea_r(context, geometry->whole, &area) == 0 || !(area > 0))
    return not_an_area({"広さのない面です", "The area is empty"});
  geometry->prepared = GEOSPrepare_r(context, geometry->whole);
  return Polygon(std::move(geometry));
}

bool Polygon::contains(const text::Position& position) const {
  const GEOSContextHandle_t context = geometry_->context;
  GEOSGeometry* const point = GEOSGeom_createPointFromXY_r(context, position.longitude, position.latitude);
  const bool inside = GEOSPreparedIntersects_r(context, geometry_->prepared, point) == 1;
  GEOSGeom_destroy_r(context, point);
  return inside;
}

}  // namespace sonae::safety

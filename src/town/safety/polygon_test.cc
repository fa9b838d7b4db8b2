#include "town/safety/polygon.h"

#include <doctest/doctest.h>

using namespace sonae;
using safety::Polygon;

namespace {

Result<Polygon> parse(std::string_view text) {
  return Polygon::parse(*parse_json(text));
}

constexpr std::string_view kSquare =
    R"({"type":"Polygon","coordinates":[[[135.7,33.4],[135.8,33.4],[135.8,33.5],[135.7,33.5],[135.7,33.4]],
        [[135.74,33.44],[135.76,33.44],[135.76,33.46],[135.74,33.46],[135.74,33.44]]]})";

}  // namespace

TEST_CASE("polygon: inside, in its hole, on its border, outside") {
  const Polygon square = *parse(kSquare);
  CHECK(square.contains({135.71, 33.41}));
  CHECK_FALSE(square.contains({135.75, 33.45}));
  CHECK(square.contains({135.7, 33.45}));
  CHECK_FALSE(square.contains({135.9, 33.45}));
}

TEST_CASE("polygon: features and collections are one area") {
  const Polygon both = *parse(R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},
    {"type":"Feature","properties":{},"geometry":{"type":"MultiPolygon","coordinates":[[[[5,5],[6,5],[6,6],[5,5]]]]}}]})");
  CHECK(both.contains({0.9, 0.5}));
  CHECK(both.contains({5.9, 5.5}));
  CHECK_FALSE(both.contains({3, 3}));
}

TEST_CASE("polygon: a line that crosses itself, as a hand draws it, is put right") {
  const Polygon bow = *parse(R"({"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]})");
  CHECK(bow.contains({0.2, 1}));
  CHECK(bow.contains({1.8, 1}));
  CHECK_FALSE(bow.contains({1, 1.8}));
}

TEST_CASE("polygon: what is no area is refused with what is wrong") {
  const auto refused = [](std::string_view text) {
    const auto polygon = parse(text);
    REQUIRE_FALSE(polygon);
    return polygon.error().what.english;
  };
  CHECK(refused("{}") == "This is not GeoJSON");
  CHECK(refused(R"({"type":"Point","coordinates":[135,33]})") == "This is not an area");
  CHECK(refused(R"({"type":"Polygon","coordinates":[[[33,135],[34,135],[34,136],[33,135]]]})") ==
        "Latitude and longitude seem to be exchanged");
  CHECK(
      refused(R"({"type":"Polygon","coordinates":[[[1,1],[2,2],[1,1]]]})").starts_with("A ring needs four"));
  CHECK(refused(R"({"type":"Polygon","coordinates":[[[0,0],[1,1],[2,2],[0,0]]]})") == "The area is empty");
  CHECK(refused(R"({"type":"FeatureCollection","features":[]})") == "There is no area in it");
}

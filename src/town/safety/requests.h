// What the operations of safety are asked and what they answer.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "town/safety/facts.h"

namespace sonae::safety {

// Which area: one of the three, or none for the whole town.
struct AreaChoice {
  std::optional<std::string> area;     // the name of a defined area, or of a town (大字)
  std::optional<AreaId> area_id;       // a defined area
  std::optional<json::value> polygon;  // GeoJSON
};
BOOST_DESCRIBE_STRUCT(AreaChoice, (), (area, area_id, polygon))

struct UnconfirmedRequest : AreaChoice {
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // rows; 100 where not given, at most 1000, 0 for the numbers alone
  std::optional<bool> uncertain;      // only those whose address cannot be placed; else only the others
};
BOOST_DESCRIBE_STRUCT(UnconfirmedRequest, (AreaChoice), (offset, limit, uncertain))

struct Count {
  std::string name;
  std::int64_t residents = 0;
  std::int64_t confirmed = 0;
  std::int64_t unconfirmed = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (name, residents, confirmed, unconfirmed))

struct UnconfirmedRow {
  ResidentId resident;
  HouseholdId household;
  std::string name;
  std::string kana;
  std::optional<int> age;
  std::string sex;
  std::string address;
  std::string town;
  std::string phone;
  std::string needs;
  bool vanished = false;  // gone from the newest registry, and nobody has said why
};
BOOST_DESCRIBE_STRUCT(UnconfirmedRow, (),
                      (resident, household, name, kana, age, sex, address, town, phone, needs, vanished))

struct UnconfirmedAnswer {
  std::string area;                       // empty: the whole town
  Instant at;                             // when this was so
  std::int64_t residents = 0;             // in the area
  std::int64_t confirmed = 0;             // of them, on a list: decided by a person or matched by the machine
  std::int64_t confirmed_by_machine = 0;  // of the confirmed, by the machine alone
  std::int64_t unconfirmed = 0;
  std::int64_t not_placed = 0;  // residents whose address cannot be placed: in none of the above
  std::int64_t not_placed_unconfirmed = 0;
  std::vector<Count> by_age;
  std::vector<Count> by_need;
  std::vector<Count> by_town;
  std::vector<UnconfirmedRow> rows;  // by town, block, household
  std::int64_t rows_total = 0;       // over all pages
};
BOOST_DESCRIBE_STRUCT(UnconfirmedAnswer, (),
                      (area, at, residents, confirmed, confirmed_by_machine, unconfirmed, not_placed,
                       not_placed_unconfirmed, by_age, by_need, by_town, rows, rows_total))

struct MapPoint {
  std::string town;
  std::string block;
  double longitude = 0;
  double latitude = 0;
  bool exact = false;  // the block's own position, not only the town's
  bool inside = false;
  std::int64_t residents = 0;
  std::int64_t unconfirmed = 0;
};
BOOST_DESCRIBE_STRUCT(MapPoint, (), (town, block, longitude, latitude, exact, inside, residents, unconfirmed))

struct MapAnswer {
  std::vector<MapPoint> points;
  std::optional<json::value> geometry;  // of the area, where it is a polygon
  std::vector<std::string> notes;       // where points come from, what is fictional
};
BOOST_DESCRIBE_STRUCT(MapAnswer, (), (points, geometry, notes))

struct BaseMap {
  std::optional<json::value> geojson;  // coast and boundaries to draw below; absent where the town has none
  std::string attribution;
};
BOOST_DESCRIBE_STRUCT(BaseMap, (), (geojson, attribution))

struct AreaSummary {
  std::string name;
  std::string kind;  // hazard, school_district, other; town for the towns of the gazetteer
  std::optional<AreaId> area;
  bool fictional = false;
};
BOOST_DESCRIBE_STRUCT(AreaSummary, (), (name, kind, area, fictional))

struct AreaList {
  std::vector<AreaSummary> areas;
};
BOOST_DESCRIBE_STRUCT(AreaList, (), (areas))

struct DefineAreaRequest {
  std::optional<AreaId> area;  // changes this one; a new one where not given
  std::string name;
  AreaKind kind = AreaKind::other;
  json::value geometry;  // GeoJSON
  std::optional<bool> fictional;
};
BOOST_DESCRIBE_STRUCT(DefineAreaRequest, (), (area, name, kind, geometry, fictional))

// safety.import_areas: the file is a GeoJSON FeatureCollection; each feature becomes an area.
struct ImportAreasRequest {
  AreaKind kind = AreaKind::other;
  std::optional<std::string> name_property;  // "name" where not given
};
BOOST_DESCRIBE_STRUCT(ImportAreasRequest, (), (kind, name_property))

struct AreaProblem {
  std::int64_t feature = 0;  // from 1
  std::string problem;
};
BOOST_DESCRIBE_STRUCT(AreaProblem, (), (feature, problem))

struct ImportAreasReport {
  std::vector<AreaSummary> areas;     // new ones, and those that were there under the same name and form
  std::vector<AreaProblem> problems;  // features that were passed over
};
BOOST_DESCRIBE_STRUCT(ImportAreasReport, (), (areas, problems))

struct RemoveAreaRequest {
  AreaId area;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(RemoveAreaRequest, (), (area, reason))

struct AreaRecorded {
  AreaId area;
  FactId fact;
};
BOOST_DESCRIBE_STRUCT(AreaRecorded, (), (area, fact))

}  // namespace sonae::safety

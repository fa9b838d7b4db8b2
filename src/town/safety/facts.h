// What can happen in safety (安否の確認): areas are drawn and taken away.
#pragma once

#include <boost/describe.hpp>

#include <string>

#include "base/json.h"

namespace sonae::safety {

using AreaId = RandomId<struct AreaTag>;

enum class AreaKind : std::uint8_t {
  hazard,           // 浸水域などの危険区域
  school_district,  // 学区
  other,
};
BOOST_DESCRIBE_ENUM(AreaKind, hazard, school_district, other)

// safety.area_defined, about area:<id>. A change of the area is another one that supersedes it.
struct AreaDefined {
  AreaId area;
  std::string name;
  AreaKind kind = AreaKind::other;
  json::value geometry;    // GeoJSON Polygon or MultiPolygon, longitude before latitude (RFC 7946)
  bool fictional = false;  // made up for a demonstration
};
BOOST_DESCRIBE_STRUCT(AreaDefined, (), (area, name, kind, geometry, fictional))

// safety.area_removed, about area:<id>; supersedes the definition.
struct AreaRemoved {
  AreaId area;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(AreaRemoved, (), (area, reason))

}  // namespace sonae::safety

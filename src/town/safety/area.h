// An area that is asked about: the whole town, one of its towns (大字), or a polygon; and which places lie in
// it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "town/safety/places.h"
#include "town/safety/polygon.h"

namespace sonae::safety {

enum class Where : std::uint8_t {
  inside,
  outside,
  uncertain,  // the address cannot be placed well enough to say: listed apart
};

class Area {
 public:
  static Area whole_town();
  static Area of_town(std::string town);
  static Area of_polygon(std::string name, Polygon polygon);

  const std::string& name() const { return name_; }  // empty: the whole town

  // For each place whether it lies in the area. A place whose own position is not known is judged by all
  // known points of its town: inside or outside where they agree, uncertain where they do not; uncertain
  // where its town is not known.
  std::vector<Where> judge(const text::Gazetteer& gazetteer, const std::vector<Place>& places) const;

 private:
  Where judge_by_town(const text::Gazetteer& gazetteer, const std::string& town) const;

  std::string name_;
  std::string town_;
  std::optional<Polygon> polygon_;
};

}  // namespace sonae::safety

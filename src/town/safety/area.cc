#include "town/safety/area.h"

#include <map>

namespace sonae::safety {

Area Area::whole_town() {
  return {};
}

Area Area::of_town(std::string town) {
  Area area;
  area.name_ = town;
  area.town_ = std::move(town);
  return area;
}

Area Area::of_polygon(std::string name, Polygon polygon) {
  Area area;
  area.name_ = std::move(name);
  area.polygon_ = std::move(polygon);
  return area;
}

Where Area::judge_by_town(const text::Gazetteer& gazetteer, const std::string& town) const {
  bool some_inside = false, some_outside = false;
  const auto look = [&](const text::Position& position) {
    (polygon_->contains(position) ? some_inside : some_outside) = true;
  };
  for (const text::Town& known : gazetteer.home_towns())
    if (known.name == town && known.position) look(*known.position);
  for (const text::BlockPoint& block : gazetteer.blocks())
    if (block.town == town) look(block.position);
  if (some_inside == some_outside) return Where::uncertain;
  return some_inside ? Where::inside : Where::outside;
}

std::vector<Where> Area::judge(const text::Gazetteer& gazetteer, const std::vector<Place>& places) const {
  std::vector<Where> answers;
  answers.reserve(places.size());
  std::map<std::string, Where> by_town;
  for (const Place& place : places) {
    if (!polygon_) {
      if (town_.empty())
        answers.push_back(Where::inside);
      else if (place.town.empty())
        answers.push_back(Where::uncertain);
      else
        answers.push_back(place.town == town_ ? Where::inside : Where::outside);
      continue;
    }
    if (place.position && place.exact) {
      answers.push_back(polygon_->contains(*place.position) ? Where::inside : Where::outside);
      continue;
    }
    if (place.town.empty()) {
      answers.push_back(Where::uncertain);
      continue;
    }
    const auto known = by_town.find(place.town);
    answers.push_back(known != by_town.end()
                          ? known->second
                          : by_town.emplace(place.town, judge_by_town(gazetteer, place.town)).first->second);
  }
  return answers;
}

}  // namespace sonae::safety

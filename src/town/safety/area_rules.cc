// Areas: choosing one, drawing, loading and removing them.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "town/safety/areas.h"
#include "town/safety/inside.h"

namespace sonae::safety {

namespace {

journal::Subject about(const AreaId& area) {
  return {"area", area.text()};
}

AreaSummary summary(const StoredArea& area) {
  return {area.name, boost::describe::enum_to_string(area.kind, "other"), area.area, area.fictional};
}

Status check_name(const std::string& name) {
  if (name.empty() || name.size() > 200)
    return fail(ErrorCode::invalid_input, {"区域の名前が要ります（200文字まで）", "The area needs a name"},
                "name");
  return {};
}

// The name of a GeoJSON feature: a text, or a number written out.
std::string feature_name(const json::value& feature, const std::string& property) {
  const json::object* const object = feature.if_object();
  const json::value* const properties = object == nullptr ? nullptr : object->if_contains("properties");
  if (properties == nullptr || !properties->is_object()) return {};
  const json::value* const name = properties->get_object().if_contains(property);
  if (name == nullptr || name->is_null()) return {};
  return name->is_string() ? std::string(name->get_string()) : to_text(*name);
}

bool feature_is_fictional(const json::value& feature) {
  const json::value* const properties = feature.get_object().if_contains("properties");
  if (properties == nullptr || !properties->is_object()) return false;
  const json::value* const fictional = properties->get_object().if_contains("fictional");
  return fictional != nullptr && fictional->is_bool() && fictional->get_bool();
}

}  // namespace

Result<Area> Safety::Inside::area(const AreaChoice& choice, std::optional<json::value>* geometry) const {
  const int given = choice.area.has_value() + choice.area_id.has_value() + choice.polygon.has_value();
  if (given > 1)
    return fail(ErrorCode::invalid_input, {"区域は一つだけ指定してください", "Give one area only"},
                "area, area_id, polygon");
  if (choice.polygon) {
    auto polygon = Polygon::parse(*choice.polygon);
    if (!polygon) {
      polygon.error().where = "polygon" + (polygon.error().where.empty() ? "" : "." + polygon.error().where);
      return std::unexpected(polygon.error());
    }
    if (geometry != nullptr) *geometry = *choice.polygon;
    return Area::of_polygon("polygon", std::move(*polygon));
  }
  if (given == 0) return Area::whole_town();

  std::vector<StoredArea> found;
  for (StoredArea& one : stored_areas(*town.journal().reader()))
    if (choice.area_id ? one.area == *choice.area_id : one.name == *choice.area)
      found.push_back(std::move(one));
  const bool is_town =
      choice.area && std::any_of(town.gazetteer().home_towns().begin(), town.gazetteer().home_towns().end(),
                                 [&](const text::Town& one) { return one.name == *choice.area; });
  const std::string asked = choice.area ? *choice.area : choice.area_id->text();
  if (found.size() + (is_town ? 1 : 0) > 1)
    return fail(ErrorCode::conflict, {"同じ名前の区域がいくつもあります", "Several areas have this name"},
                asked, {"名前を変えるか、区域の番号で指定してください", "Rename one, or give the area's id"});
  if (is_town) return Area::of_town(asked);
  if (found.empty())
    return fail(
        ErrorCode::not_found, {"この名前の区域も町字もありません", "No area and no town has this name"},
        asked,
        {"sonae call DIR safety.areas で一覧が見られます", "List them with: sonae call DIR safety.areas"});
  const json::value stored = TRY(parse_json(found[0].geometry));
  if (geometry != nullptr) *geometry = stored;
  return Area::of_polygon(found[0].name, TRY(Polygon::parse(stored)));
}

Result<AreaList> Safety::areas() const {
  AreaList list;
  for (const StoredArea& one : stored_areas(*inside_->town.journal().reader()))
    list.areas.push_back(summary(one));
  std::set<std::string> towns;
  for (const text::Town& one : inside_->town.gazetteer().home_towns())
    towns.insert(one.name);
  for (const std::string& name : towns)
    list.areas.push_back({name, "town", std::nullopt, false});
  return list;
}

Result<AreaRecorded> Safety::define_area(api::Call& call, const DefineAreaRequest& request) {
  TRY(check_name(request.name));
  if (auto polygon = Polygon::parse(request.geometry); !polygon) return std::unexpected(polygon.error());
  AreaDefined body{request.area.value_or(inside_->town.env().random.id<AreaId>()), request.name, request.kind,
                   request.geometry, request.fictional.value_or(false)};
  auto made = journal::draft(journal::Stream::ordinary, "safety.area_defined", {about(body.area)},
                             call.actor.grant, body);
  journal::Batch batch;
  if (request.area) {
    for (const StoredArea& one : stored_areas(*inside_->town.journal().reader()))
      if (one.area == *request.area) made.supersedes.push_back(one.fact);
    if (made.supersedes.empty())
      return fail(ErrorCode::not_found, {"この区域はありません", "There is no such area"},
                  request.area->text());
    batch.still_valid = made.supersedes;
  }
  batch.drafts.push_back(std::move(made));
  const auto receipts = TRY(inside_->town.journal().append(std::move(batch)));
  return AreaRecorded{body.area, receipts[0].fact};
}

Result<ImportAreasReport> Safety::import_areas(api::Call& call, const ImportAreasRequest& request) {
  auto parsed = parse_json(call.file->content);
  if (!parsed) {
    parsed.error().where = call.file->name + " " + parsed.error().where;
    return std::unexpected(parsed.error());
  }
  const json::object* const object = parsed->if_object();
  const json::value* const features = object == nullptr ? nullptr : object->if_contains("features");
  if (features == nullptr || !features->is_array())
    return fail(ErrorCode::invalid_input,
                {"GeoJSON の FeatureCollection ではありません", "This is not a GeoJSON FeatureCollection"},
                call.file->name);

  const std::vector<StoredArea> present = stored_areas(*inside_->town.journal().reader());
  ImportAreasReport report;
  journal::Batch batch;
  std::int64_t number = 0;
  for (const json::value& feature : features->get_array()) {
    ++number;
    const std::string name = feature_name(feature, request.name_property.value_or("name"));
    const auto polygon = Polygon::parse(feature);
    if (name.empty() || !polygon) {
      const Phrase what = polygon ? Phrase{"名前がありません", "It has no name"} : polygon.error().what;
      report.problems.push_back({number, what.in(call.language)});
      continue;
    }
    const std::string geometry = to_text(feature.get_object().at("geometry"));
    const auto same = std::find_if(present.begin(), present.end(), [&](const StoredArea& one) {
      return one.name == name && one.kind == request.kind && one.geometry == geometry;
    });
    if (same != present.end()) {
      report.areas.push_back(summary(*same));
      continue;
    }
    const AreaDefined body{inside_->town.env().random.id<AreaId>(), name, request.kind,
                           feature.get_object().at("geometry"), feature_is_fictional(feature)};
    batch.drafts.push_back(journal::draft(journal::Stream::ordinary, "safety.area_defined",
                                          {about(body.area)}, call.actor.grant, body));
    report.areas.push_back(
        {name, boost::describe::enum_to_string(request.kind, "other"), body.area, body.fictional});
  }
  if (batch.drafts.empty())
    TRY(inside_->town.journal().settle());
  else
    TRY(inside_->town.journal().append(std::move(batch)));
  return report;
}

Result<AreaRecorded> Safety::remove_area(api::Call& call, const RemoveAreaRequest& request) {
  auto made = journal::draft(journal::Stream::ordinary, "safety.area_removed", {about(request.area)},
                             call.actor.grant, AreaRemoved{request.area, request.reason.value_or("")});
  for (const StoredArea& one : stored_areas(*inside_->town.journal().reader()))
    if (one.area == request.area) made.supersedes.push_back(one.fact);
  if (made.supersedes.empty())
    return fail(ErrorCode::not_found, {"この区域はありません", "There is no such area"}, request.area.text());
  journal::Batch batch;
  batch.still_valid = made.supersedes;
  batch.drafts.push_back(std::move(made));
  const auto receipts = TRY(inside_->town.journal().append(std::move(batch)));
  return AreaRecorded{request.area, receipts[0].fact};
}

}  // namespace sonae::safety

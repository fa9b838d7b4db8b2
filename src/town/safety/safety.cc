#include "town/safety/safety.h"

#include "town/safety/inside.h"

namespace sonae::safety {

Safety::Safety(town::Town& town, access::Access& access, registry::Registry& registry,
               matching::Matching& matching)
    : inside_(new Inside{town, access, registry, matching, {}, {}}) {}
Safety::~Safety() = default;

Result<BaseMap> Safety::base_map() const {
  const std::string path = inside_->town.directory() + "/tables/base_map.geojson";
  Env& env = inside_->town.env();
  if (!env.disk.status(path)) return BaseMap{};
  auto parsed = parse_json(TRY(env.disk.read_all(path)));
  if (!parsed) {
    parsed.error().where = path + " " + parsed.error().where;
    return std::unexpected(parsed.error());
  }
  BaseMap map;
  if (const json::value* const attribution =
          parsed->is_object() ? parsed->get_object().if_contains("attribution") : nullptr;
      attribution != nullptr && attribution->is_string())
    map.attribution = std::string(attribution->get_string());
  map.geojson = std::move(*parsed);
  return map;
}

void Safety::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using api::Nothing;
  using enum api::Permission;
  catalogue.add(api::operation<UnconfirmedRequest, UnconfirmedAnswer>(
      "safety.unconfirmed", {"未確認者", "Who is still unconfirmed"}, see_people,
      [this](Call& call, const UnconfirmedRequest& request) { return unconfirmed(call, request); }));
  catalogue.add(api::operation<AreaChoice, api::FileAnswer>(
                    "safety.export", {"未確認者の書き出し", "Export the unconfirmed"}, export_people,
                    [this](Call& call, const AreaChoice& choice) { return export_unconfirmed(call, choice); })
                    .giving_file());
  catalogue.add(api::operation<AreaChoice, MapAnswer>(
      "safety.map", {"地図", "The area's map"}, see_people,
      [this](Call& call, const AreaChoice& choice) { return map(call, choice); }));
  catalogue.add(api::operation<Nothing, BaseMap>("safety.base_map", {"背景の地図", "The map below"},
                                                 signed_in,
                                                 [this](Call&, const Nothing&) { return base_map(); })
                    .openly());
  catalogue.add(api::operation<Nothing, AreaList>("safety.areas", {"区域の一覧", "List the areas"}, signed_in,
                                                  [this](Call&, const Nothing&) { return areas(); })
                    .openly());
  catalogue.add(
      api::operation<DefineAreaRequest, AreaRecorded>(
          "safety.define_area", {"区域の登録", "Define an area"}, decide_matches,
          [this](Call& call, const DefineAreaRequest& request) { return define_area(call, request); })
          .writing());
  catalogue.add(
      api::operation<ImportAreasRequest, ImportAreasReport>(
          "safety.import_areas", {"区域の読み込み", "Load areas from GeoJSON"}, decide_matches,
          [this](Call& call, const ImportAreasRequest& request) { return import_areas(call, request); })
          .taking_file());
  catalogue.add(
      api::operation<RemoveAreaRequest, AreaRecorded>(
          "safety.remove_area", {"区域の削除", "Remove an area"}, decide_matches,
          [this](Call& call, const RemoveAreaRequest& request) { return remove_area(call, request); })
          .writing());
}

}  // namespace sonae::safety

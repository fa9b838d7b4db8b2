// The operations of the registry, declared once.
#include "town/registry/registry.h"

namespace sonae::registry {

using api::Nothing;
using api::Permission;

void Registry::add_operations(api::Catalogue& catalogue) {
  catalogue.add(api::operation<ImportRequest, ImportReport>(
                    "registry.import", {"住民台帳の取り込み", "Import the resident registry"},
                    Permission::import_registry,
                    [this](api::Call& call, const ImportRequest& request) { return import(call, request); })
                    .taking_file()
                    .long_running());
  catalogue.add(
      api::operation<ExportRequest, ExportAnswer>(
          "registry.export", {"住民台帳の書き出し", "Export the resident registry"},
          Permission::export_people,
          [this](api::Call& call, const ExportRequest& request) { return export_residents(call, request); })
          .giving_file()
          .long_running());
  catalogue.add(
      api::operation<SetAsideRequest, api::FileAnswer>(
          "registry.set_aside", {"取り込めなかった行", "Lines that could not be taken"},
          Permission::import_registry,
          [this](api::Call& call, const SetAsideRequest& request) { return set_aside(call, request); })
          .giving_file());
  catalogue.add(api::operation<SearchRequest, ResidentList>(
      "registry.search", {"住民の検索", "Search residents"}, Permission::see_people,
      [this](api::Call& call, const SearchRequest& request) { return search(call, request); }));
  catalogue.add(api::operation<ResidentRequest, Resident>(
      "registry.resident", {"住民の表示", "Open a resident"}, Permission::see_people,
      [this](api::Call& call, const ResidentRequest& request) { return resident(call, request); }));
  catalogue.add(api::operation<HouseholdRequest, ResidentList>(
      "registry.household", {"世帯の表示", "Open a household"}, Permission::see_people,
      [this](api::Call& call, const HouseholdRequest& request) { return household(call, request); }));
  catalogue.add(api::operation<Nothing, DoorExtract>(
      "registry.door_extract", {"受付端末への住民の写し", "Residents for a device at the door"},
      Permission::receive_people,
      [this](api::Call& call, const Nothing&) { return inside_->door_extract(call); }));
  catalogue.add(api::operation<CardsRequest, CardList>(
      "registry.cards", {"避難者カード（世帯ごと）", "Evacuee cards, one a household"},
      Permission::export_people,
      [this](api::Call& call, const CardsRequest& request) { return inside_->cards(call, request); }));
  catalogue.add(api::operation<Nothing, SnapshotList>(
                    "registry.snapshots", {"台帳の履歴", "Snapshots of the registry"}, Permission::see_people,
                    [this](api::Call& call, const Nothing&) { return snapshots(call); })
                    .openly());
  catalogue.add(api::operation<DifferencesRequest, DifferenceReport>(
      "registry.differences", {"台帳の差分", "Differences between snapshots"}, Permission::see_people,
      [this](api::Call& call, const DifferencesRequest& request) { return differences(call, request); }));
  catalogue.add(api::operation<QuestionsRequest, Questions>(
      "registry.questions", {"台帳の確認事項", "Questions that the registry leaves open"},
      Permission::decide_matches,
      [this](api::Call& call, const QuestionsRequest& request) { return questions(call, request); }));
  catalogue.add(api::operation<AnswerVanishedRequest, Recorded>(
                    "registry.answer_vanished",
                    {"台帳から消えた人について答える", "Answer what became of somebody who vanished"},
                    Permission::decide_matches,
                    [this](api::Call& call, const AnswerVanishedRequest& request) {
                      return answer_vanished(call, request);
                    })
                    .writing());
  catalogue.add(api::operation<ProtectRequest, Recorded>(
                    "registry.protect", {"支援措置の印を付ける", "Mark a protected person"},
                    Permission::see_protected,
                    [this](api::Call& call, const ProtectRequest& request) { return protect(call, request); })
                    .writing());
  catalogue.add(api::operation<LiftProtectionRequest, Recorded>(
                    "registry.lift_protection", {"支援措置の印を外す", "Lift a protection marked by hand"},
                    Permission::see_protected,
                    [this](api::Call& call, const LiftProtectionRequest& request) {
                      return lift_protection(call, request);
                    })
                    .writing());
  catalogue.add(api::operation<Nothing, Protections>(
      "registry.protected", {"支援措置の一覧", "Protected persons"}, Permission::see_protected,
      [this](api::Call& call, const Nothing&) { return protections(call); }));
  catalogue.add(api::operation<Nothing, LayoutList>(
                    "registry.layouts", {"レイアウトの一覧", "Layouts"}, Permission::signed_in,
                    [this](api::Call& call, const Nothing&) { return layouts(call); })
                    .openly());
  catalogue.add(api::operation<Nothing, RegistryStatus>(
                    "registry.status", {"台帳の状態", "State of the registry"}, Permission::signed_in,
                    [this](api::Call& call, const Nothing&) { return status(call); })
                    .openly());
}

}  // namespace sonae::registry

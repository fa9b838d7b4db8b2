#include "town/headquarters/events.h"

#include <fmt/format.h>

#include <algorithm>

#include "town/nodes/facts.h"
#include "town/reception/facts.h"
#include "town/registry/facts.h"
#include "town/safety/facts.h"
#include "town/shelter/facts.h"

namespace sonae::headquarters {

namespace {

template <class Body>
using Tell = KeptEvent (*)(const Body&);

template <class Body>
std::optional<KeptEvent> told(const journal::Fact& fact, Tell<Body> tell) {
  const auto body = fact.as<Body>();
  return body ? std::optional(tell(*body)) : std::nullopt;
}

KeptEvent supply_settled(const shelter::SupplySettled& body) {
  using enum shelter::SupplyState;
  const Phrase state = body.state == on_the_way ? Phrase{"物資を発送", "supplies on the way"}
                       : body.state == arrived  ? Phrase{"物資が到着", "supplies arrived"}
                       : body.state == refused  ? Phrase{"物資は手配できず", "supplies cannot be had"}
                       : body.state == cancelled
                           ? Phrase{"物資の要請を取消し", "supplies no longer needed"}
                           : Phrase{"物資の対応を取消し", "said of supplies, taken back"};
  return {"supply", state.japanese, state.english, {}, body.amount};
}

}  // namespace

std::vector<std::string> event_subjects() {
  return {"shelter", "sheet", "snapshot", "shelter_report", "supply", "area", "node"};
}

journal::Subject main_subject(const journal::Fact& fact) {
  const auto kinds = event_subjects();
  for (const journal::Subject& subject : fact.header.subjects)
    if (std::ranges::find(kinds, subject.kind) != kinds.end()) return subject;
  return {};
}

std::optional<KeptEvent> event_of(const journal::Fact& fact) {
  const std::string& kind = fact.header.kind;
  if (kind == "reception.shelter_opened")
    return told<reception::ShelterOpened>(fact, [](const auto& body) {
      return KeptEvent{"shelter_opened", "避難所を開設", "shelter opened", body.name, {}};
    });
  if (kind == "reception.sheet_imported")
    return told<reception::SheetImported>(fact, [](const auto& body) {
      return KeptEvent{"list_imported", "名簿を取り込み", "list brought in", body.shelter, body.entries};
    });
  if (kind == "registry.snapshot_taken")
    return told<registry::SnapshotTaken>(fact, [](const auto& body) {
      return KeptEvent{"registry_imported",
                       fmt::format("住民台帳を取り込み（{} 時点）", to_iso(body.as_of)),
                       fmt::format("registry brought in (as of {})", to_iso(body.as_of)),
                       {},
                       {}};
    });
  if (kind == "shelter.report_sent")
    return told<shelter::ReportSent>(fact, [](const auto& body) {
      return KeptEvent{"report", "避難所日報", "daily report of a shelter", body.shelter,
                       body.figures.staying};
    });
  if (kind == "shelter.supply_asked")
    return told<shelter::SupplyAsked>(fact, [](const auto& body) {
      return KeptEvent{
          "supply", fmt::format("物資を要請{}: {} {}", body.urgent ? "（急ぎ）" : "", body.item, body.unit),
          fmt::format("supplies asked for{}: {} {}", body.urgent ? " (urgent)" : "", body.item, body.unit),
          body.shelter, body.amount};
    });
  if (kind == "shelter.supply_settled") return told<shelter::SupplySettled>(fact, supply_settled);
  if (kind == "safety.area_defined")
    return told<safety::AreaDefined>(fact, [](const auto& body) {
      return KeptEvent{"area", "区域を定めた", "area drawn", body.name, {}};
    });
  if (kind == "safety.area_removed") return KeptEvent{"area", "区域を取り消した", "area removed", {}, {}};
  if (kind == "node.enrolled")
    return told<nodes::Enrolled>(fact, [](const auto& body) {
      return KeptEvent{"node", "機械を登録", "machine enrolled", body.name, {}};
    });
  if (kind == "node.revoked") return KeptEvent{"node", "機械の登録を取消し", "machine revoked", {}, {}};
  if (kind == "node.quarantine_judged")
    return KeptEvent{"decisions", "隔離された記録を判断", "quarantine judged", {}, {}};
  return std::nullopt;
}

}  // namespace sonae::headquarters

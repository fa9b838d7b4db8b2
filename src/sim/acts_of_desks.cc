// What happens at the shelter's desk, with claims and inquiries, and what is erased.
#include "sim/acts.h"

namespace sonae::sim {

namespace {

std::string text_of(const json::value& object, const char* member) {
  const auto* const found = object.is_object() ? object.as_object().if_contains(member) : nullptr;
  return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

// One of what a list of the catalogue shows here; null where it shows nothing.
json::value one_shown(Acting& acting, const std::string& operation, const char* list) {
  const auto shown = acting.machine.run(operation, json::object());
  if (!shown || !shown->is_object()) return {};
  const auto* const all = shown->as_object().if_contains(list);
  if (all == nullptr || !all->is_array() || all->as_array().empty()) return {};
  // What waits for somebody, mostly.
  if (!acting.once_in(3))
    for (const json::value& one : all->as_array())
      if (text_of(one, "state") == "open") return one;
  return all->as_array()[acting.dice.below(all->as_array().size())];
}

std::string some_claim(Acting& acting) {
  const json::value row = one_shown(acting, "claim.list", "claims");
  return row.is_object() ? text_of(row.at("claim"), "claim") : std::string();
}

std::string shelter(Acting& acting) {
  return acting.once_in(2) ? "串本小学校" : "大島小学校";
}

Act ask_supply(Acting& acting, const std::string& operation) {
  return acting.run_json(operation, {{"shelter", shelter(acting)},
                                     {"item", "毛布"},
                                     {"amount", static_cast<std::int64_t>(acting.dice.below(50))},
                                     {"unit", "枚"}});
}

Act settle_supply(Acting& acting, const std::string& operation) {
  const json::value asked = one_shown(acting, "shelter.supplies", "supplies");
  json::object request{{"supply", text_of(asked, "supply")}, {"seen", json::array()}};
  if (request["supply"].as_string().empty()) request["supply"] = acting.dice.id<FactId>().text();
  if (asked.is_object() && asked.as_object().contains("standing") && !acting.once_in(4))
    request["seen"] = asked.at("standing");
  request["state"] = acting.once_in(3) ? "asked" : acting.once_in(2) ? "on_the_way" : "arrived";
  return acting.run_json(operation, std::move(request));
}

Act send_report(Acting& acting, const std::string& operation) {
  return acting.run_json(
      operation,
      {{"shelter", shelter(acting)}, {"day", "2026-11-21"}, {"wishes", to_hex(acting.dice.bytes(2))}});
}

Act make_claim(Acting& acting, const std::string& operation) {
  const demo::Resident& resident = acting.somebody();
  return acting.run_json(operation, {{"name", demo::full_name(resident)},
                                     {"kana", demo::full_kana(resident)},
                                     {"birth_date", to_text(resident.birth)},
                                     {"phone", resident.phone},
                                     {"address", "串本"},
                                     {"where", shelter(acting)},
                                     {"message", ""},
                                     {"condition", "well"},
                                     {"stay", "elsewhere"},
                                     {"consent", json::array()}});
}

Act tie_claims(Acting& acting, const std::string& operation) {
  return acting.run_json(operation, {});
}

Act answer_claim(Acting& acting, const std::string& operation) {
  std::string claim = some_claim(acting);
  if (claim.empty()) claim = acting.dice.id<FactId>().text();
  json::object request{{"claim", claim}, {"because", acting.once_in(8) ? "" : "電話で確認"}};
  if (operation == "claim.confirm" && acting.once_in(2)) request["resident"] = acting.some_resident().text();
  return acting.run_json(operation, std::move(request));
}

Act ask_inquiry(Acting& acting, const std::string& operation) {
  // Who gives the family name alone is asked back, and somebody has to choose.
  std::string line = demo::full_name(acting.somebody());
  if (acting.visitor()) line = acting.people.topic || acting.once_in(2) ? kVisitorFamily : kVisitorName;
  return acting.run_json(operation,
                         {{"asker", json::object{{"name", "架空"},
                                                 {"address", "架空市"},
                                                 {"phone", to_hex(acting.dice.bytes(3))},
                                                 {"relation", acting.once_in(2) ? "family" : "acquaintance"},
                                                 {"proof", acting.once_in(2) ? "document" : "none"}}},
                          {"purpose", "安否"},
                          {"line", line},
                          {"desk", "telephone"}});
}

Act change_inquiry(Acting& acting, const std::string& operation) {
  std::string inquiry = text_of(one_shown(acting, "inquiry.list", "inquiries"), "inquiry");
  if (inquiry.empty()) inquiry = acting.dice.id<FactId>().text();
  json::object request{{"inquiry", inquiry}};
  if (operation == "inquiry.answer") {
    if (acting.once_in(2)) request["entry"] = acting.some_entry().text();
  } else {
    request["because"] = "取りちがえ";
  }
  return acting.run_json(operation, std::move(request));
}

Act erase(Acting& acting, const std::string& operation) {
  const auto here = acting.entry_here();
  std::string subject = "entry:" + (here && !acting.once_in(4) ? here->entry : acting.some_entry()).text();
  if (acting.once_in(6))
    subject = "claim:" + some_claim(acting);
  else if (acting.once_in(6))
    subject = "resident:" + acting.some_resident().text();
  return acting.run_json(
      operation,
      {{"subjects", json::array{json::string(subject)}}, {"rule", "保存期間"}, {"because", "期限が過ぎた"}});
}

}  // namespace

const std::map<std::string, Actor>& acts_of_desks() {
  static const std::map<std::string, Actor> all{{"shelter.ask_supply", ask_supply},
                                                {"shelter.settle_supply", settle_supply},
                                                {"shelter.send_report", send_report},
                                                {"claim.make", make_claim},
                                                {"claim.tie", tie_claims},
                                                {"claim.confirm", answer_claim},
                                                {"claim.refuse", answer_claim},
                                                {"claim.reopen", answer_claim},
                                                {"inquiry.ask", ask_inquiry},
                                                {"inquiry.answer", change_inquiry},
                                                {"inquiry.correct", change_inquiry},
                                                {"inquiry.withdraw", change_inquiry},
                                                {"erasure.erase", erase}};
  return all;
}

}  // namespace sonae::sim

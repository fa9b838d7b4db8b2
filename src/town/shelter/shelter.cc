#include "town/shelter/shelter.h"

#include "town/shelter/figures.h"
#include "town/shelter/inside.h"

namespace sonae::shelter {

Shelters::Shelters(town::Town& town, access::Access& access, reception::Reception& reception)
    : inside_(new Inside{town, access, reception,
                         reception::Vocabulary::open(town.env(), town.places().data,
                                                     town.directory() + "/tables", &town.tables())}) {}
Shelters::~Shelters() = default;

std::vector<reception::Entry> Shelters::Inside::entries_of(const api::Call& call,
                                                           store::Connection& connection,
                                                           const std::string& shelter) const {
  const std::set<EntryId> hidden = reception.hidden_from(call, connection);
  std::vector<reception::Entry> entries;
  reception::for_each_entry_of(connection, shelter, [&](const reception::Entry& entry) {
    if (!hidden.contains(entry.entry)) entries.push_back(entry);
  });
  return entries;
}

Figures Shelters::Inside::figures_of(const api::Call& call, store::Connection& connection,
                                     const std::string& shelter, Date day) const {
  Counting counting(day);
  for (const reception::Entry& entry : entries_of(call, connection, shelter))
    counting.add(entry);
  return counting.figures();
}

std::string Shelters::Inside::name_of_need(const std::string& code, Language language) const {
  return vocabulary ? (*vocabulary)->name_of("need", code).in(language) : code;
}

Status check_shelter(const std::string& name) {
  if (name.empty())
    return fail(ErrorCode::invalid_input, {"避難所を選んでください", "Name the shelter"}, "shelter");
  return {};
}

void Shelters::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using api::Nothing;
  using enum api::Permission;
  catalogue.add(api::operation<DeskRequest, Desk>(
      "shelter.desk", {"避難所の状況", "A shelter's desk: who is there, needs, meals, supplies"}, see_people,
      [this](Call& call, const DeskRequest& request) { return desk(call, request); }));
  catalogue.add(api::operation<DeskRequest, Wall>(
      "shelter.wall", {"掲示用の名簿", "The roster for the wall: who agreed to it"}, see_people,
      [this](Call& call, const DeskRequest& request) { return wall(call, request); }));
  catalogue.add(api::operation<Nothing, Overview>(
                    "shelter.overview", {"全避難所の状況", "All shelters at a glance"}, see_people,
                    [this](Call& call, const Nothing&) { return overview(call); })
                    .openly());
  catalogue.add(api::operation<AskSupplyRequest, SupplyRecorded>(
                    "shelter.ask_supply", {"物資の要請", "Ask for supplies"}, receive_people,
                    [this](Call& call, const AskSupplyRequest& request) { return ask_supply(call, request); })
                    .writing());
  catalogue.add(
      api::operation<SettleSupplyRequest, Recorded>(
          "shelter.settle_supply", {"物資要請への対応", "Say what became of supplies asked for"},
          receive_people,
          [this](Call& call, const SettleSupplyRequest& request) { return settle_supply(call, request); })
          .writing());
  catalogue.add(api::operation<SuppliesRequest, SupplyList>(
                    "shelter.supplies", {"物資要請の一覧", "Supplies asked for"}, see_people,
                    [this](Call& call, const SuppliesRequest& request) { return supplies(call, request); })
                    .openly());
  catalogue.add(
      api::operation<SendReportRequest, Recorded>(
          "shelter.send_report", {"避難所日報を送る", "Send the day's report"}, receive_people,
          [this](Call& call, const SendReportRequest& request) { return send_report(call, request); })
          .writing());
  catalogue.add(api::operation<ReportsRequest, ReportList>(
                    "shelter.reports", {"避難所日報の一覧", "The shelters' daily reports"}, see_people,
                    [this](Call& call, const ReportsRequest& request) { return reports(call, request); })
                    .openly());
}

}  // namespace sonae::shelter

// The shelter's desk (避難所運営) and headquarters' look at all of them: who is there, what they need, meals,
// supplies asked for, daily reports, the list for the wall. Any thread.
//
// Who may not be shown to the caller (支援措置) is neither listed nor counted: a count that is one more than
// the names would tell that somebody is there.
#pragma once

#include <memory>

#include "api/operation.h"
#include "town/access/access.h"
#include "town/reception/reception.h"
#include "town/shelter/requests.h"

namespace sonae::shelter {

class Shelters {
 public:
  // All three outlive this.
  Shelters(town::Town& town, access::Access& access, reception::Reception& reception);
  ~Shelters();

  Result<Desk> desk(api::Call& call, const DeskRequest& request);
  Result<Wall> wall(api::Call& call, const DeskRequest& request);
  Result<Overview> overview(api::Call& call);
  Result<SupplyRecorded> ask_supply(api::Call& call, const AskSupplyRequest& request);
  Result<Recorded> settle_supply(api::Call& call, const SettleSupplyRequest& request);
  Result<SupplyList> supplies(api::Call& call, const SuppliesRequest& request);
  Result<Recorded> send_report(api::Call& call, const SendReportRequest& request);
  Result<ReportList> reports(api::Call& call, const ReportsRequest& request);

  void add_operations(api::Catalogue& catalogue);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::shelter

// Exchange (情報連携): records of the missing and found in PFIF 1.4 come in, expire and go out; partners
// read, search and write with a key of their own; other towns are asked, and ask. What goes out is what the
// person consented to, through the one output filter; what comes in stays a record from elsewhere until
// somebody says whom it means. Every look is recorded. Any thread.
#pragma once

#include <memory>

#include "api/operation.h"
#include "town/exchange/requests.h"
#include "town/inquiry/inquiry.h"

namespace sonae::exchange {

class Exchange {
 public:
  Exchange(town::Town& town, access::Access& access, registry::Registry& registry,
           matching::Matching& matching, inquiry::Inquiries& inquiries);
  ~Exchange();

  Result<ImportReport> import(api::Call& call, const ImportRequest& request);
  Result<api::FileAnswer> export_records(api::Call& call, const ExportRequest& request);
  // Safety information in the form of the 安否情報省令, as CSV (anpi.h).
  Result<ImportReport> import_anpi(api::Call& call, const ImportRequest& request);
  Result<api::FileAnswer> export_anpi(api::Call& call, const AnpiExportRequest& request);
  Result<Overview> overview(api::Call& call);
  Result<ReceivedList> records(api::Call& call, const RecordsRequest& request);
  Result<Recorded> tie(api::Call& call, const TieRequest& request);
  Result<Recorded> untie(api::Call& call, const UntieRequest& request);

  // Ends what has expired and erases it, here and where another node ended it; publishes what may be told and
  // withdraws what may not. To be run once a minute or so; cheap where nothing is to be done.
  Result<UpkeepReport> upkeep(Progress& progress);

  // Partners. The key is told once and kept hashed.
  Result<EnrolAnswer> enrol(api::Call& call, const EnrolRequest& request);
  Result<EnrolAnswer> renew_key(api::Call& call, const PartnerRequest& request);
  Status revoke(api::Call& call, const PartnerRequest& request);
  Status reach_town(api::Call& call, const ReachRequest& request);
  Result<PartnerList> partners(api::Call& call) const;

  // With a partner's key. unauthenticated where no partner has it or its grant does not hold; forbidden
  // without the right; too_many beyond the partner's allowance. The records go to Call::output.
  Result<api::FileAnswer> feed(api::Call& call, const FeedRequest& request);
  Result<api::FileAnswer> read(api::Call& call, const ReadRequest& request);
  Result<api::FileAnswer> search(api::Call& call, const SearchRequest& request);
  Result<ImportReport> write(api::Call& call, const WriteRequest& request);
  Result<AskAsTownAnswer> ask_as_town(api::Call& call, const AskAsTownRequest& request);

  Result<AskTownsAnswer> ask_towns(api::Call& call, const AskTownsRequest& request);

  void add_operations(api::Catalogue& catalogue);

  struct Inside;  // inside.h

 private:
  std::unique_ptr<Inside> inside_;
};

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::exchange

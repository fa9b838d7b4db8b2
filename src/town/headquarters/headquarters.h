// Headquarters (災害対策本部): those who need care and have not been reached, by area and by team, and the
// timeline of the disaster. Who may not be shown to the caller (支援措置) is neither listed nor counted. Any
// thread.
#pragma once

#include <memory>

#include "api/operation.h"
#include "town/headquarters/requests.h"
#include "town/matching/matching.h"
#include "town/reception/reception.h"
#include "town/safety/safety.h"

namespace sonae::headquarters {

class Headquarters {
 public:
  Headquarters(town::Town& town, access::Access& access, registry::Registry& registry,
               reception::Reception& reception, matching::Matching& matching, safety::Safety& safety);
  ~Headquarters();

  // On the list stand residents whose needs the registry's file has, and those whom a list or a person named.
  Result<CareAnswer> care(api::Call& call, const CareRequest& request);
  Result<SheetAnswer> sheet(api::Call& call, const SheetRequest& request);
  Result<ImportReport> import(api::Call& call);
  Result<Written> list(api::Call& call, const Listed& request);
  Result<Written> unlist(api::Call& call, const UnlistRequest& request);
  Result<Written> assign(api::Call& call, const AssignRequest& request);
  // conflict where somebody else has written meanwhile.
  Result<Written> find(api::Call& call, const FindRequest& request);
  Result<Written> take_back(api::Call& call, const TakeBackRequest& request);

  Result<Timeline> timeline(api::Call& call, const TimelineRequest& request);
  Result<api::FileAnswer> export_timeline(api::Call& call, const TimelineRequest& request);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// The catalogue keeps the headquarters.
void add_operations(const std::shared_ptr<Headquarters>& headquarters, api::Catalogue& catalogue);

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::headquarters

// The paper forms of the door (紙の受付票): numbered forms for evenings without time, their photographs, and
// what was typed from them. Any thread.
//
// A photograph shows people who may be protected (支援措置): once somebody stands on it who must not be shown
// to the caller, it is for them a form that does not exist.
#pragma once

#include <memory>

#include "api/operation.h"
#include "town/access/access.h"
#include "town/paper/requests.h"
#include "town/reception/reception.h"

namespace sonae::paper {

using reception::Recorded;

class Papers {
 public:
  Papers(town::Town& town, access::Access& access, reception::Reception& reception)
      : town_(town), access_(access), reception_(reception) {}

  Result<PrintAnswer> print(api::Call& call, const PrintRequest& request);
  Result<Recorded> photograph(api::Call& call, const PhotographRequest& request);
  Result<FormList> forms(api::Call& call, const FormsRequest& request);
  Result<api::FileAnswer> picture(api::Call& call, const FormRequest& request);
  Result<Recorded> type(api::Call& call, const TypeRequest& request);
  Result<Recorded> settle(api::Call& call, const SettleRequest& request);
  Result<Recorded> reopen(api::Call& call, const ReopenRequest& request);

  void add_operations(api::Catalogue& catalogue);

 private:
  // The form, if this caller may be shown it; else the error for one that does not exist.
  Result<Form> visible(const api::Call& call, store::Connection& connection, const FormId& id) const;
  Result<Recorded> record(journal::Draft draft, std::vector<FactId> still_valid);

  town::Town& town_;
  access::Access& access_;
  reception::Reception& reception_;
};

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::paper

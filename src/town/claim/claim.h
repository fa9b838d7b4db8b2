// Claims (本人の届け): anybody says without an account that they are safe. What is said is kept as a claim
// and changes nothing; it becomes an entry of reception by enough proof, or when a clerk confirms it. Making
// a claim compares it with nobody, so that neither its answer nor its time tells who is known. Any thread.
#pragma once

#include <memory>

#include "api/operation.h"
#include "town/claim/requests.h"
#include "town/matching/matching.h"
#include "town/registry/registry.h"

namespace sonae::claim {

class Claims {
 public:
  Claims(town::Town& town, access::Access& access, registry::Registry& registry,
         matching::Matching& matching);
  ~Claims();

  // too_many, with the seconds to wait, where a telephone number or a network address claims too often.
  Result<MakeAnswer> make(api::Call& call, const MakeRequest& request);
  // A message is kept as a claim whatever it lacks; one more of the same sender within a day adds to a claim
  // that still waits, where it contradicts nothing. too_many where a sender writes too often: take it later.
  Result<Taken> take(const Message& message);
  // Ties the waiting claims whose name, birth date and telephone are those of exactly one resident of whom
  // no news is held yet and who is not protected; the rest waits for a clerk.
  Result<TieReport> tie(api::Call& call);
  Result<ClaimList> list(api::Call& call, const ListRequest& request);
  Result<Recorded> confirm(api::Call& call, const ConfirmRequest& request);
  Result<Recorded> refuse(api::Call& call, const ChangeRequest& request);
  Result<Recorded> reopen(api::Call& call, const ChangeRequest& request);

  void add_operations(api::Catalogue& catalogue);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::claim

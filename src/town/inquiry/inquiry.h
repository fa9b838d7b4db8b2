// Safety inquiries (安否照会): somebody asks whether a person is safe, and is told what the law's table
// allows. Who is unknown, not confirmed, unwilling or protected (支援措置) gets one and the same answer,
// whoever sits at the desk. Every answer is durable before it leaves. Any thread.
#pragma once

#include <memory>

#include "api/operation.h"
#include "town/inquiry/requests.h"
#include "town/matching/matching.h"
#include "town/registry/registry.h"

namespace sonae::inquiry {

// What a subscriber may be told.
struct News {
  EntryId entry;
  std::vector<Item> told;
  Phrase words;
  std::vector<Sentence> said;  // the same by its keys, for other languages
};

class Inquiries {
 public:
  // `matching` outlives this.
  Inquiries(town::Town& town, access::Access& access, registry::Registry& registry,
            matching::Matching& matching);
  ~Inquiries();

  // too_many, with the seconds to wait, where the asker or the desk asks for too many.
  Result<AskAnswer> ask(api::Call& call, const AskRequest& request);
  // From the page that anybody may open (docs/inquiries.md).
  Result<PublicAnswer> ask_publicly(api::Call& call, const PublicAskRequest& request);
  // Another municipality asks, by its key (town/exchange); its limits are the key's.
  Result<PublicAnswer> ask_by_town(api::Call& call, const Asker& asker, const std::string& purpose,
                                   const std::string& line);
  // What there is to tell this asker now; absent as for an unknown person. Records nothing: whoever tells it
  // does.
  Result<std::optional<News>> news(const Asker& asker, const std::string& line, Progress& progress);
  // Whether entries came in that answers and news do not know of yet: they follow a moment later.
  bool behind() const;
  Result<AskAnswer> resume(api::Call& call, const ResumeRequest& request);
  Result<AskAnswer> answer(api::Call& call, const AnswerRequest& request);
  Result<InquiryList> list(api::Call& call, const ListRequest& request);
  Result<Recorded> correct(api::Call& call, const ChangeRequest& request);
  Result<Recorded> withdraw(api::Call& call, const ChangeRequest& request);

  void add_operations(api::Catalogue& catalogue);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::inquiry

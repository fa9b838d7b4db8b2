#include "town/inquiry/inquiry.h"

#include "town/inquiry/inside.h"

namespace sonae::inquiry {

Inquiries::Inquiries(town::Town& town, access::Access& access, registry::Registry& registry,
                     matching::Matching& matching)
    : inside_(new Inside{town, access, registry, matching,
                         Disclosure::open(town.env(), town.places().data, town.directory() + "/tables")}) {
  town.journal().listen([touched = inside_->touched](std::span<const journal::Subject> subjects) {
    for (const journal::Subject& subject : subjects) {
      if (subject.kind == "entry") touched->entries = true;
      if (subject.kind == "resident") touched->residents = true;
    }
  });
}
Inquiries::~Inquiries() = default;

namespace {

template <class Body>
Result<Recorded> change(town::Town& town, const api::Call& call, const char* kind,
                        const ChangeRequest& request) {
  if (!find_inquiry(*town.journal().reader(), request.inquiry))
    return fail(ErrorCode::not_found, {"この照会はありません", "There is no such inquiry"}, "inquiry");
  if (request.because.empty())
    return fail(ErrorCode::invalid_input, {"理由を入れてください", "Give the reason"}, "because");
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::ordinary, kind,
                                        {{"inquiry", request.inquiry.text()}}, call.actor.grant,
                                        Body{request.inquiry, request.because}));
  const auto receipts = TRY(town.journal().append(std::move(batch)));
  return Recorded{receipts.front().fact};
}

}  // namespace

Result<Recorded> Inquiries::correct(api::Call& call, const ChangeRequest& request) {
  return change<Corrected>(inside_->town, call, "inquiry.corrected", request);
}
Result<Recorded> Inquiries::withdraw(api::Call& call, const ChangeRequest& request) {
  return change<Withdrawn>(inside_->town, call, "inquiry.withdrawn", request);
}

void Inquiries::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using enum api::Permission;
  catalogue.add(api::operation<AskRequest, AskAnswer>(
                    "inquiry.ask", {"安否照会", "Ask for a person's safety"}, see_people,
                    [this](Call& call, const AskRequest& request) { return ask(call, request); })
                    .writing());
  catalogue.add(
      api::operation<PublicAskRequest, PublicAnswer>(
          "inquiry.ask_publicly", {"だれでもできる安否照会", "Ask without an account"}, none,
          [this](Call& call, const PublicAskRequest& request) { return ask_publicly(call, request); })
          .writing());
  catalogue.add(api::operation<ResumeRequest, AskAnswer>(
      "inquiry.resume", {"選びかけの照会", "Take up an open inquiry"}, see_people,
      [this](Call& call, const ResumeRequest& request) { return resume(call, request); }));
  catalogue.add(api::operation<AnswerRequest, AskAnswer>(
                    "inquiry.answer", {"照会への回答", "Answer an inquiry"}, see_people,
                    [this](Call& call, const AnswerRequest& request) { return answer(call, request); })
                    .writing());
  catalogue.add(api::operation<ListRequest, InquiryList>(
      "inquiry.list", {"照会の一覧", "List the inquiries"}, decide_matches,
      [this](Call& call, const ListRequest& request) { return list(call, request); }));
  catalogue.add(api::operation<ChangeRequest, Recorded>(
                    "inquiry.correct", {"回答の訂正", "Correct an answer"}, decide_matches,
                    [this](Call& call, const ChangeRequest& request) { return correct(call, request); })
                    .writing());
  catalogue.add(api::operation<ChangeRequest, Recorded>(
                    "inquiry.withdraw", {"照会の取り下げ", "Withdraw an inquiry"}, decide_matches,
                    [this](Call& call, const ChangeRequest& request) { return withdraw(call, request); })
                    .writing());
}

}  // namespace sonae::inquiry

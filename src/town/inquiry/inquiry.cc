#include "town/inquiry/inquiry.h"

#include <algorithm>

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

Result<InquiryList> Inquiries::list(api::Call& call, const ListRequest& request) {
  const auto connection = inside_->town.journal().reader();
  const std::int64_t offset = std::max<std::int64_t>(request.offset.value_or(0), 0);
  const std::int64_t limit = std::clamp<std::int64_t>(request.limit.value_or(50), 1, 500);
  InquiryList list;
  std::vector<std::string> shown;
  const auto read = [&](std::unique_ptr<store::Cursor> count, std::unique_ptr<store::Cursor> row) -> Status {
    if (count->next()) list.total = count->integer(0);
    while (row->next()) {
      list.inquiries.push_back(TRY(from_json_text<InquiryRow>(row->text(0))));
      shown.push_back("inquiry:" + list.inquiries.back().inquiry.text());
    }
    return {};
  };
  if (request.entry)
    TRY(read(connection->query("SELECT COUNT(*) FROM inquiry_asked WHERE entry = $1", *request.entry),
             connection->query("SELECT row FROM inquiry_asked WHERE entry = $1 ORDER BY asked DESC, inquiry "
                               "LIMIT $2 OFFSET $3",
                               *request.entry, limit, offset)));
  else
    TRY(read(
        connection->query("SELECT COUNT(*) FROM inquiry_asked"),
        connection->query("SELECT row FROM inquiry_asked ORDER BY asked DESC, inquiry LIMIT $1 OFFSET $2",
                          limit, offset)));
  TRY(inside_->access.record_look(call, "inquiry.list", std::move(shown)));
  return list;
}

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

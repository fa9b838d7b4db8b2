// Several fit: the clerk asks back and chooses.
#include <algorithm>

#include "town/inquiry/inside.h"

namespace sonae::inquiry {

namespace {

// An inquiry that waits for the clerk's choice.
Result<Asked> waiting(store::Connection& connection, const InquiryId& id) {
  const auto row = find_inquiry(connection, id);
  if (!row)
    return fail(ErrorCode::not_found, {"この照会はありません", "There is no such inquiry"}, "inquiry");
  if (row->answered || row->withdrawn)
    return fail(ErrorCode::conflict, {"この照会には答えてあります", "This inquiry was answered"}, "inquiry");
  return Asked{row->inquiry, row->asker, row->purpose, row->line, row->desk};
}

}  // namespace

Result<std::vector<Candidate>> Inquiries::Inside::candidates(const api::Call& call, const Asker& asker,
                                                             const std::vector<const Known*>& found) {
  const auto connection = town.journal().reader();
  std::vector<Candidate> all;
  std::vector<std::string> shown;
  for (const Known* const known : found) {
    const auto entry = newest_entry(*connection, *known);
    if (!entry) continue;
    // Somebody who refuses to be told of to this asker is not offered either.
    if (disclosure->told(asker, *entry).empty()) continue;
    const reception::Person& person = entry->person;
    Candidate candidate{entry->entry, person.name, person.kana, person.age, person.address};
    if (known->resident)
      if (const auto resident = registry.find(*known->resident))
        candidate = {entry->entry, resident->name, resident->kana, resident->age, resident->address};
    all.push_back(std::move(candidate));
    shown.push_back(access::shown(entry->entry));
  }
  if (!all.empty()) TRY(access.record_look(call, "inquiry.ask", std::move(shown)));
  return all;
}

Result<AskAnswer> Inquiries::resume(api::Call& call, const ResumeRequest& request) {
  Inside& in = *inside_;
  if (!in.disclosure) return std::unexpected(in.disclosure.error());
  const Asked asked = TRY(waiting(*in.town.journal().reader(), request.inquiry));
  const auto held = TRY(in.held(call.progress));
  AskAnswer answer;
  answer.inquiry = asked.inquiry;
  answer.outcome = Outcome::choose;
  answer.candidates = TRY(in.candidates(call, asked.asker, TRY(in.find(*held, asked.line))));
  return answer;
}

Result<AskAnswer> Inquiries::answer(api::Call& call, const AnswerRequest& request) {
  Inside& in = *inside_;
  if (!in.disclosure) return std::unexpected(in.disclosure.error());
  const Asked asked = TRY(waiting(*in.town.journal().reader(), request.inquiry));
  if (!request.entry) return in.tell(call, asked, false, nullptr);
  const auto held = TRY(in.held(call.progress));
  // Only who was offered for this line: an inquiry is no key to every entry.
  for (const Known* const known : TRY(in.find(*held, asked.line)))
    if (std::ranges::find(known->entries, *request.entry) != known->entries.end())
      return in.tell(call, asked, false, known);
  return in.tell(call, asked, false, nullptr);
}

}  // namespace sonae::inquiry

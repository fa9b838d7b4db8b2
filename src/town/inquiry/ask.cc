// Asking and answering.
#include <fmt/format.h>

#include <algorithm>

#include "text/fold.h"
#include "town/inquiry/inside.h"

namespace sonae::inquiry {

namespace {

constexpr std::size_t kMostCandidates = 10, kLongestText = 400;
// Rebuilding after new entries may take this part of the time.
constexpr std::int64_t kRebuildShare = 20;

// A line of one word names nobody well enough to be answered at once.
bool names_somebody(std::string_view line) {
  std::size_t words = 0;
  bool inside = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool wide = line.substr(i).starts_with("\u3000");
    const bool blank = wide || line[i] == ' ' || line[i] == '\t';
    if (!blank && !inside) ++words;
    inside = !blank;
    if (wide) i += 2;
  }
  return words >= 2;
}

Status check(const AskRequest& request) {
  const std::pair<const std::string&, const char*> needed[] = {
      {request.line, "line"}, {request.purpose, "purpose"}, {request.asker.name, "asker.name"}};
  for (const auto& [text, member] : needed)
    if (text.empty())
      return fail(
          ErrorCode::invalid_input,
          {"尋ねる人、理由、尋ねられている方を入れてください", "Give who asks, why, and who is sought"},
          member);
  for (const std::string* const text :
       {&request.line, &request.purpose, &request.asker.name, &request.asker.address, &request.asker.phone})
    if (text->size() > kLongestText) return fail(ErrorCode::too_large, {"長すぎます", "This is too long"});
  return {};
}

journal::Draft draft_of(const api::Call& call, const char* kind, const InquiryId& id, const auto& body) {
  return journal::draft(journal::Stream::ordinary, kind, {{"inquiry", id.text()}}, call.actor.grant, body);
}

}  // namespace

registry::OutputFilter told_to_anybody(registry::Registry& registry, Date day) {
  return registry.output_filter(api::Actor{}, day);
}

std::optional<reception::Entry> newest_entry(store::Connection& connection, const Known& known) {
  std::optional<reception::Entry> newest;
  for (const EntryId& id : known.entries) {
    auto entry = reception::find_entry(connection, id);
    if (!entry || entry->withdrawn || entry->contradictory) continue;
    if (!newest || newest->written < entry->written) newest = std::move(entry);
  }
  return newest;
}

Result<std::shared_ptr<const Held>> Inquiries::Inside::held(Progress& progress) {
  TRY(matching.catch_up(progress));
  const std::lock_guard lock(mutex);
  const Date today = town.today();
  const std::string state = registry.version() + " " + to_iso(today);
  const std::int64_t now = town.env().clock.monotonic_microseconds();
  const bool residents = touched->residents.exchange(false);
  const bool soon = now - built_at >= took * kRebuildShare;
  if (held_ && held_for == state && !residents && !(soon && touched->entries)) return held_;
  touched->entries = false;
  held_.reset();  // should building fail, the next ask builds again
  const auto connection = town.journal().reader();
  held_ = Held::build(town, registry, *connection, told_to_anybody(registry, today));
  held_for = state;
  built_at = town.env().clock.monotonic_microseconds();
  took = built_at - now;
  return held_;
}

Status Inquiries::Inside::check_limits(const api::Call& call, const Asker& asker) {
  const Instant now = town.env().clock.now();
  const std::string who =
      text::fold_name(town.tables(), asker.name) + " " + text::fold_name(town.tables(), asker.phone);
  Limits::Verdict verdict = limits.ask("asker " + who, kOfAnAsker, now);
  if (verdict.seconds == 0) verdict = limits.ask("desk " + call.actor.person.text(), kOfADesk, now);
  if (verdict.seconds == 0) return {};
  if (verdict.begins) {
    journal::Batch batch;
    batch.drafts.push_back(journal::draft(journal::Stream::ordinary, "inquiry.limited",
                                          {{"desk", call.actor.person.text()}}, call.actor.grant,
                                          Limited{asker, verdict.seconds}));
    TRY(town.journal().append(std::move(batch)));
  }
  return fail(ErrorCode::too_many,
              {fmt::format("続けてのお尋ねが多いため、あと {} 秒お待ちください", verdict.seconds),
               fmt::format("Too many were asked for: wait {} seconds", verdict.seconds)},
              {},
              {"急ぐ事情があれば担当者に代わってください", "If it is urgent, hand over to who is in charge"});
}

Result<AskAnswer> Inquiries::Inside::tell(api::Call& call, const Asked& asked, bool record_asking,
                                          const Known* known) {
  const auto connection = town.journal().reader();
  AskAnswer answer;
  answer.inquiry = asked.inquiry;
  Phrase words = words_of_nothing();
  Answered body{asked.inquiry, {}, {}, disclosure->row_of(asked.asker), {}};
  const auto entry = known != nullptr ? newest_entry(*connection, *known) : std::nullopt;
  if (entry) body.told = disclosure->told(asked.asker, *entry);
  if (!body.told.empty() && entry->person.condition == reception::Condition::dead) {
    body.told.clear();
    answer.outcome = Outcome::refer;
    words = words_of_referral();
  } else if (!body.told.empty()) {
    body.entry = entry->entry;
    answer.outcome = Outcome::told;
    words = words_for(*entry, body.told);
  }
  body.words = answer.words = words.in(call.language);
  answer.told = body.told;
  journal::Batch batch;
  if (record_asking) batch.drafts.push_back(draft_of(call, "inquiry.asked", asked.inquiry, asked));
  batch.drafts.push_back(draft_of(call, "inquiry.answered", asked.inquiry, body));
  TRY(town.journal().append(std::move(batch)));
  return answer;
}

Result<AskAnswer> Inquiries::ask(api::Call& call, const AskRequest& request) {
  Inside& in = *inside_;
  if (!in.disclosure) return std::unexpected(in.disclosure.error());
  TRY(check(request));
  TRY(in.check_limits(call, request.asker));
  const auto held = TRY(in.held(call.progress));
  const registry::OutputFilter allowed = told_to_anybody(in.registry, in.town.today());
  std::vector<const Known*> found = held->find(request.line, kMostCandidates);
  std::erase_if(found, [&](const Known* one) { return one->resident && !allowed.may_show(*one->resident); });
  const Asked asked{in.town.env().random.id<InquiryId>(), request.asker, request.purpose, request.line,
                    request.desk};
  if (found.empty()) return in.tell(call, asked, true, nullptr);
  if (found.size() == 1 && names_somebody(request.line)) return in.tell(call, asked, true, found.front());

  AskAnswer answer;
  answer.inquiry = asked.inquiry;
  answer.outcome = Outcome::choose;
  const auto connection = in.town.journal().reader();
  std::vector<std::string> shown;
  for (const Known* const known : found) {
    const auto entry = newest_entry(*connection, *known);
    if (!entry) continue;
    // Somebody who refuses to be told of to this asker is not offered either.
    if (in.disclosure->told(request.asker, *entry).empty()) continue;
    const reception::Person& person = entry->person;
    Candidate candidate{entry->entry, person.name, person.kana, person.age, person.address};
    if (known->resident)
      if (const auto resident = in.registry.find(*known->resident))
        candidate = {entry->entry, resident->name, resident->kana, resident->age, resident->address};
    answer.candidates.push_back(std::move(candidate));
    shown.push_back(access::shown(entry->entry));
  }
  if (answer.candidates.empty()) return in.tell(call, asked, true, nullptr);
  journal::Batch batch;
  batch.drafts.push_back(draft_of(call, "inquiry.asked", asked.inquiry, asked));
  TRY(in.town.journal().append(std::move(batch)));
  TRY(in.access.record_look(call, "inquiry.ask", std::move(shown)));
  return answer;
}

Result<AskAnswer> Inquiries::answer(api::Call& call, const AnswerRequest& request) {
  Inside& in = *inside_;
  if (!in.disclosure) return std::unexpected(in.disclosure.error());
  const auto row = find_inquiry(*in.town.journal().reader(), request.inquiry);
  if (!row)
    return fail(ErrorCode::not_found, {"この照会はありません", "There is no such inquiry"}, "inquiry");
  if (row->answered || row->withdrawn)
    return fail(ErrorCode::conflict, {"この照会には答えてあります", "This inquiry was answered"}, "inquiry");
  const Asked asked{row->inquiry, row->asker, row->purpose, row->line, row->desk};
  if (!request.entry) return in.tell(call, asked, false, nullptr);
  const auto held = TRY(in.held(call.progress));
  const registry::OutputFilter allowed = told_to_anybody(in.registry, in.town.today());
  // Only who was offered for this line: an inquiry is no key to every entry.
  for (const Known* const known : held->find(row->line, kMostCandidates)) {
    if (known->resident && !allowed.may_show(*known->resident)) continue;
    if (std::ranges::find(known->entries, *request.entry) != known->entries.end())
      return in.tell(call, asked, false, known);
  }
  return in.tell(call, asked, false, nullptr);
}

}  // namespace sonae::inquiry

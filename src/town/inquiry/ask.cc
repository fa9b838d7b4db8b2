// Asking and answering.
#include <fmt/format.h>

#include <algorithm>

#include "text/fold.h"
#include "town/access/append.h"
#include "town/inquiry/inside.h"

namespace sonae::inquiry {

namespace {

constexpr std::size_t kLongestText = 400;
// Rebuilding after new entries may take this part of the time.
constexpr std::int64_t kRebuildShare = 20;

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

}  // namespace

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
  const bool at_desk = call.actor.person != PersonId{};
  if (verdict.seconds == 0)
    verdict = at_desk ? limits.ask("desk " + call.actor.person.text(), kOfADesk, now)
                      : limits.ask("source " + call.source, kOfASource, now);
  if (verdict.seconds == 0) return {};
  if (verdict.begins) {
    journal::Batch batch;
    batch.drafts.push_back(journal::draft(journal::Stream::ordinary, "inquiry.limited",
                                          {{"desk", at_desk ? call.actor.person.text() : "web"}},
                                          call.actor.grant, Limited{asker, verdict.seconds}));
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
  Words words = words_of_nothing();
  Answered body{asked.inquiry, {}, {}, disclosure->row_of(asked.asker), {}, {}};
  const auto entry = known != nullptr ? newest_entry(*connection, *known) : std::nullopt;
  if (entry) body.told = disclosure->told(asked.asker, *entry);
  if (!body.told.empty() && entry->person.condition == reception::Condition::dead) {
    body.told.clear();
    body.referred = true;
    // Nobody learns of a death from a page, nor that there is something to be told: somebody rings them up.
    if (asked.desk != Desk::web) {
      answer.outcome = Outcome::refer;
      words = words_of_referral();
    }
  } else if (!body.told.empty()) {
    body.entry = entry->entry;
    answer.outcome = Outcome::told;
    words = words_for(*entry, body.told);
  }
  body.words = answer.words = words.plain.in(call.language);
  answer.easy = words.easy;
  answer.said = words.said;
  answer.told = body.told;
  journal::Batch batch;
  if (record_asking) batch.drafts.push_back(draft_of(call, "inquiry.asked", asked.inquiry, asked));
  batch.drafts.push_back(draft_of(call, "inquiry.answered", asked.inquiry, body));
  TRY(access::append_held(town.journal(), call, std::move(batch)));
  return answer;
}

Result<std::vector<const Known*>> Inquiries::Inside::find(const Held& held, const std::string& line) const {
  const registry::OutputFilter allowed = told_to_anybody(registry, town.today());
  std::vector<const Known*> found = held.find(line, kMostCandidates);
  std::erase_if(found, [&](const Known* one) { return one->resident && !allowed.may_show(*one->resident); });
  return found;
}

Result<AskAnswer> Inquiries::ask(api::Call& call, const AskRequest& request) {
  Inside& in = *inside_;
  if (!in.disclosure) return std::unexpected(in.disclosure.error());
  TRY(check(request));
  TRY(in.check_limits(call, request.asker));
  const auto held = TRY(in.held(call.progress));
  const std::vector<const Known*> found = TRY(in.find(*held, request.line));
  const Asked asked{in.town.env().random.id<InquiryId>(), request.asker, request.purpose, request.line,
                    request.desk};
  if (found.empty()) return in.tell(call, asked, true, nullptr);
  if (found.size() == 1 && names_somebody(request.line)) return in.tell(call, asked, true, found.front());

  AskAnswer answer;
  answer.inquiry = asked.inquiry;
  answer.outcome = Outcome::choose;
  answer.candidates = TRY(in.candidates(call, request.asker, found));
  if (answer.candidates.empty()) return in.tell(call, asked, true, nullptr);
  journal::Batch batch;
  batch.drafts.push_back(draft_of(call, "inquiry.asked", asked.inquiry, asked));
  TRY(in.town.journal().append(std::move(batch)));
  return answer;
}

}  // namespace sonae::inquiry

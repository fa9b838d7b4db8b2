// One entry: opened, corrected, withdrawn and restored.
#include <algorithm>

#include "town/reception/entries.h"
#include "town/reception/inside.h"
#include "town/reception/since.h"

namespace sonae::reception {

namespace {

std::string because_of(const journal::Fact& fact) {
  const auto body = parse_json(fact.body);
  if (!body || !body->is_object()) return {};
  const json::value* const because = body->get_object().if_contains("because");
  return because != nullptr && because->is_string() ? std::string(because->get_string()) : std::string{};
}

// What a correction says anew of an aspect that was changed before replaces that change; else the change,
// which is younger than what was written, would hide the correction.
std::vector<FactId> overruled(const Entry& entry, const Person& corrected) {
  std::vector<FactId> facts;
  for (const AspectFacts& one : entry.since.standing) {
    const bool differs = (one.aspect == Aspect::stay && corrected.stay != entry.person.stay) ||
                         (one.aspect == Aspect::condition && corrected.condition != entry.person.condition) ||
                         (one.aspect == Aspect::needs && corrected.needs != entry.person.needs);
    if (differs) facts.insert(facts.end(), one.facts.begin(), one.facts.end());
  }
  return facts;
}

}  // namespace

std::vector<FactId> standing_facts(store::Connection& connection, const EntryId& id, std::string_view kind) {
  std::vector<FactId> standing;
  for (const journal::Fact& fact : journal::facts_about(connection, subject_of(id)))
    if (fact.header.kind == kind && !fact.superseded) standing.push_back(fact.header.id);
  return standing;
}

std::unexpected<Error> changed_meanwhile() {
  return fail(ErrorCode::conflict, {"その間に他の人が直しました", "Somebody else corrected it meanwhile"}, {},
              {"開き直して確かめてください", "Open it again and look"});
}

void sort_needs(Person& person) {
  std::ranges::sort(person.needs);
  person.needs.erase(std::unique(person.needs.begin(), person.needs.end()), person.needs.end());
}

Result<EntryAnswer> Reception::Inside::entry(api::Call& call, const EntryRequest& request) const {
  const auto connection = town.journal().reader();
  EntryAnswer answer;
  answer.entry = TRY(visible_entry(call, *connection, request.entry));
  answer.remarks =
      in_words(answer.entry.remarks, static_cast<std::int64_t>(answer.entry.line), call.language);
  if (vocabulary)
    for (const std::string& code : answer.entry.person.needs)
      answer.needs.push_back({code, vocabulary->name_of("need", code).in(call.language)});
  for (const journal::Fact& fact : journal::facts_about(*connection, subject_of(request.entry))) {
    if (!fact.header.kind.starts_with("reception.")) continue;
    answer.history.push_back(
        {fact.header.id, fact.header.time.wall, fact.header.kind, because_of(fact), fact.superseded});
    if (answer.entry.standing.size() < 2 || fact.superseded || fact.erased) continue;
    if (std::ranges::find(answer.entry.standing, fact.header.id) == answer.entry.standing.end()) continue;
    if (const auto body = fact.as<EntryCorrected>(); body && fact.header.kind == "reception.entry_corrected")
      answer.versions.push_back(body->person);
    else if (const auto written = fact.as<EntryWritten>())
      answer.versions.push_back(written->person);
    else
      continue;
    // Whoever chooses one leaves as it is what has changed since.
    bring_up_to_date(answer.versions.back(), answer.entry.since);
  }
  TRY(access.record_look(call, "reception.entry", {access::shown(request.entry)}));
  return answer;
}

Result<Corrected> Reception::Inside::correct(api::Call& call, const CorrectRequest& request) {
  if (request.fact) return correct_from_device(call, request);
  const auto connection = town.journal().reader();
  const Entry entry = TRY(visible_entry(call, *connection, request.entry));
  EntryCorrected body{request.entry, request.shelter.value_or(entry.shelter), request.person,
                      request.because};
  sort_needs(body.person);
  std::vector<FactId> seen = request.seen, standing = entry.standing;
  std::ranges::sort(seen);
  std::ranges::sort(standing);
  if (seen != standing) return changed_meanwhile();
  journal::Draft draft = journal::draft(journal::Stream::urgent, "reception.entry_corrected",
                                        {subject_of(request.entry)}, call.actor.grant, body);
  draft.supersedes = entry.standing;
  std::ranges::copy(overruled(entry, body.person), std::back_inserter(draft.supersedes));
  std::vector<FactId> still_valid = draft.supersedes;
  return Corrected{TRY(record(call, std::move(draft), std::move(still_valid))).receipt, false};
}

Result<Recorded> Reception::Inside::withdraw(api::Call& call, const WithdrawRequest& request) {
  const auto connection = town.journal().reader();
  const Entry entry = TRY(visible_entry(call, *connection, request.entry));
  if (entry.withdrawn)
    return fail(ErrorCode::conflict, {"すでに取り下げられています", "It has been withdrawn already"});
  if (request.because.empty())
    return fail(ErrorCode::invalid_input, {"取り下げの理由を書いてください", "Say why it is withdrawn"},
                "because");
  return record(
      call, journal::draft(journal::Stream::urgent, "reception.entry_withdrawn", {subject_of(request.entry)},
                           call.actor.grant, EntryWithdrawn{request.entry, request.because}));
}

Result<Recorded> Reception::Inside::restore(api::Call& call, const WithdrawRequest& request) {
  const auto connection = town.journal().reader();
  const Entry entry = TRY(visible_entry(call, *connection, request.entry));
  if (!entry.withdrawn)
    return fail(ErrorCode::conflict, {"取り下げられていません", "It has not been withdrawn"});
  journal::Draft draft =
      journal::draft(journal::Stream::urgent, "reception.entry_restored", {subject_of(request.entry)},
                     call.actor.grant, EntryRestored{request.entry, request.because});
  draft.supersedes = standing_facts(*connection, request.entry, "reception.entry_withdrawn");
  return record(call, std::move(draft));
}

Result<Recorded> Reception::Inside::record(const api::Call& call, journal::Draft draft,
                                           std::vector<FactId> still_valid) {
  journal::Batch batch;
  batch.drafts.push_back(std::move(draft));
  batch.still_valid = std::move(still_valid);
  const auto receipts = TRY(town.journal().append(std::move(batch)));
  TRY(changed(call));
  return Recorded{receipts.front().fact};
}

}  // namespace sonae::reception

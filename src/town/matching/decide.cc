// What people decide about who an entry is: facts that can be taken back, and that the machine never touches.
#include <algorithm>

#include "town/matching/inside.h"

namespace sonae::matching {

namespace {

journal::Subject subject_of(const EntryId& id) {
  return {"entry", id.text()};
}
journal::Subject subject_of(const ResidentId& id) {
  return {"resident", id.text()};
}

constexpr std::size_t kMostPicked = 100;
constexpr std::string_view kPickedAtTheDoor = "受付で選択";

std::unexpected<Error> changed_meanwhile() {
  return fail(ErrorCode::conflict,
              {"その間に記載が直されたか、他の人が判断しました",
               "The entry was corrected or decided by somebody else meanwhile"},
              {}, {"開き直して確かめてください", "Open it again and look"});
}

// A superseding fact lists the subjects of what it supersedes.
void add_subjects_of(const std::vector<Decision>& decisions, std::vector<journal::Subject>& subjects) {
  for (const Decision& decision : decisions) {
    if (!decision.resident) continue;
    const journal::Subject subject = subject_of(*decision.resident);
    if (std::ranges::find(subjects, subject) == subjects.end()) subjects.push_back(subject);
  }
}

}  // namespace

Result<Recorded> Matching::Inside::record(store::Connection& connection, journal::Batch batch,
                                          const EntryId& entry) {
  const auto receipts = TRY(town.journal().append(std::move(batch)));
  Recorded recorded{receipts.front().fact, State::none};
  if (const auto now = reception::find_entry(connection, entry)) {
    const auto answer = find_answer(connection, entry);
    recorded.state =
        state_of(decisions_on(connection, *now), answer ? std::optional(answer->decision) : std::nullopt,
                 !now->person.name.empty());
  }
  return recorded;
}

Result<Recorded> Matching::Inside::decide(api::Call& call, const DecideRequest& request) {
  const auto connection = town.journal().reader();
  const reception::Entry entry = TRY(visible_entry(call, *connection, request.entry));
  if (request.resident) {
    const registry::OutputFilter filter = registry.output_filter(call.actor, town.today());
    if (!filter.may_show(*request.resident) || !registry.find(*request.resident))
      return registry::no_such_resident();
  }
  // All that holds on the entry must have been seen: the decision replaces the decisions before it.
  const std::vector<Decision> decisions = decisions_on(*connection, entry);
  const auto was_seen = [&](const FactId& fact) {
    return std::ranges::find(request.seen, fact) != request.seen.end();
  };
  if (!std::ranges::all_of(entry.standing, was_seen) ||
      !std::ranges::all_of(decisions, was_seen, &Decision::fact))
    return changed_meanwhile();

  const Decided body{request.entry, request.resident, request.because.value_or(""), entry.standing};
  std::vector<journal::Subject> subjects{subject_of(request.entry)};
  if (request.resident) subjects.push_back(subject_of(*request.resident));
  add_subjects_of(decisions, subjects);
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::urgent, "matching.decided", std::move(subjects),
                                        call.actor.grant, body));
  for (const Decision& decision : decisions)
    batch.drafts.back().supersedes.push_back(decision.fact);
  batch.still_valid = request.seen;
  return record(*connection, std::move(batch), request.entry);
}

Result<PickAnswer> Matching::Inside::pick(api::Call& call, const PickRequest& request) {
  if (request.picked.empty() || request.picked.size() > kMostPicked)
    return fail(ErrorCode::invalid_input,
                {"一度に記録するのは 1 人から 100 人です", "One call records 1 to 100 persons"}, "picked");
  const auto connection = town.journal().reader();
  const registry::OutputFilter filter = registry.output_filter(call.actor, town.today());
  PickAnswer answer;
  journal::Batch batch;
  for (const PickedResident& one : request.picked) {
    const reception::Entry entry = TRY(visible_entry(call, *connection, one.entry));
    if (!filter.may_show(one.resident) || !registry.find(one.resident)) return registry::no_such_resident();
    answer.receipts.push_back(one.fact);
    if (journal::fact(*connection, one.fact)) continue;  // the device sent it before
    // What was decided elsewhere meanwhile was not seen at the door: if it differs, that is a question.
    batch.drafts.push_back(journal::draft(
        journal::Stream::urgent, "matching.decided", {subject_of(one.entry), subject_of(one.resident)},
        call.actor.grant, Decided{one.entry, one.resident, std::string(kPickedAtTheDoor), entry.standing}));
    batch.drafts.back().id = one.fact;
  }
  if (batch.drafts.empty())
    TRY(town.journal().settle());
  else
    TRY(town.journal().append(std::move(batch)));
  return answer;
}

Result<Recorded> Matching::Inside::take_back(api::Call& call, const TakeBackRequest& request) {
  const auto connection = town.journal().reader();
  const reception::Entry entry = TRY(visible_entry(call, *connection, request.entry));
  const std::vector<Decision> decisions = decisions_on(*connection, entry);
  if (decisions.empty())
    return fail(ErrorCode::conflict, {"取り消す判断がありません", "There is no decision to take back"});
  std::vector<journal::Subject> subjects{subject_of(request.entry)};
  add_subjects_of(decisions, subjects);
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::urgent, "matching.taken_back", std::move(subjects),
                                        call.actor.grant,
                                        TakenBack{{request.entry}, request.because.value_or("")}));
  for (const Decision& decision : decisions) {
    batch.drafts.back().supersedes.push_back(decision.fact);
    batch.still_valid.push_back(decision.fact);
  }
  return record(*connection, std::move(batch), request.entry);
}

Result<Recorded> Matching::Inside::same_person(api::Call& call, const SamePersonRequest& request) {
  if (request.entry == request.other)
    return fail(ErrorCode::invalid_input, {"同じ記載どうしです", "Both are the same entry"}, "other");
  const auto connection = town.journal().reader();
  TRY(visible_entry(call, *connection, request.entry));
  TRY(visible_entry(call, *connection, request.other));
  const SamePersonDecided body{request.entry, request.other, request.same, request.because.value_or("")};
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::urgent, "matching.same_person_decided",
                                        {subject_of(request.entry), subject_of(request.other)},
                                        call.actor.grant, body));
  const auto before =
      connection->query("SELECT fact FROM matching_pair WHERE entry = $1 AND other = $2 ORDER BY fact",
                        request.entry, request.other);
  while (before->next())
    batch.drafts.back().supersedes.push_back(before->id<FactId>(0));
  return record(*connection, std::move(batch), request.entry);
}

}  // namespace sonae::matching

// One entry with all that is known about who it is; the queue of those that need a person's eyes.
#include <algorithm>
#include <map>

#include "text/date.h"
#include "town/matching/inside.h"

namespace sonae::matching {

namespace {

std::unexpected<Error> no_such_entry() {
  return fail(ErrorCode::not_found, {"この人は名簿にありません", "There is no such entry"});
}

Candidate candidate_of(const KeptCandidate& kept, registry::Resident resident, Language language) {
  Candidate candidate;
  candidate.resident = kept.resident;
  candidate.probability = kept.probability;
  const std::vector<link::Reason> reasons = reasons_of(kept);
  for (const link::Reason& reason : reasons)
    if (!reason.phrase.empty())
      candidate.reasons.push_back(
          {std::string(link::name_of(reason.field)), reason.phrase.in(language), reason.weight});
  candidate.in_words = link::in_words(reasons, language);
  candidate.registered = std::move(resident);
  candidate.registered.items.clear();  // the whole record is opened as such
  return candidate;
}

std::vector<SamePerson> same_person_of(store::Connection& connection, const EntryId& id,
                                       const std::set<EntryId>& hidden) {
  std::vector<SamePerson> all;
  const auto add = [&](const EntryId& other, double probability, std::optional<bool> same) {
    if (hidden.contains(other) || std::ranges::find(all, other, &SamePerson::entry) != all.end()) return;
    const auto entry = reception::find_entry(connection, other);
    if (!entry || entry->withdrawn) return;
    all.push_back({other, entry->shelter, probability, same});
  };
  const auto said =
      connection.query("SELECT other, same FROM matching_pair WHERE entry = $1 ORDER BY fact", id);
  while (said->next())
    add(said->id<EntryId>(0), 1, said->integer(1) != 0);
  if (const auto answer = find_answer(connection, id); answer && answer->same_as)
    add(*answer->same_as, answer->same_as_probability, std::nullopt);
  return all;
}

// The newest decision first.
void order_by_decision(store::Connection& connection, std::vector<Standing>& standings) {
  std::map<EntryId, std::string> newest;
  const auto row = connection.query("SELECT entry, MAX(decided) FROM matching_decision GROUP BY entry");
  while (row->next())
    newest[row->id<EntryId>(0)] = row->string(1);
  std::ranges::stable_sort(standings, std::greater<>(),
                           [&](const Standing& one) -> const std::string& { return newest[one.entry]; });
}

}  // namespace

Result<reception::Entry> Matching::Inside::visible_entry(const api::Call& call, store::Connection& connection,
                                                         const EntryId& id) const {
  const std::set<EntryId> hidden = hidden_from(call, connection);
  auto entry = reception::find_entry(connection, id);
  if (!entry || (hidden.contains(id) && entry->written_under != call.actor.grant)) return no_such_entry();
  return std::move(*entry);
}

// Without those that the caller must not be shown. Who wrote such an entry sees it, and nobody behind it.
std::vector<Standing> Matching::Inside::visible_standings(const api::Call& call,
                                                          store::Connection& connection) const {
  const std::set<EntryId> hidden = hidden_from(call, connection);
  std::vector<Standing> standings = all_standings(connection);
  if (hidden.empty()) return standings;
  std::erase_if(standings, [&](Standing& standing) {
    if (!hidden.contains(standing.entry)) return false;
    const auto entry = reception::find_entry(connection, standing.entry);
    standing.state = State::none;
    standing.resident.reset();
    standing.probability = 0;
    return !entry || entry->written_under != call.actor.grant;
  });
  return standings;
}

Question Matching::Inside::question_on(const api::Call& call, store::Connection& connection,
                                       const reception::Entry& entry) const {
  const registry::OutputFilter filter = registry.output_filter(call.actor, town.today());
  const std::set<EntryId> hidden = hidden_from(call, connection);
  Question question;
  question.entry = entry;
  question.seen = entry.standing;
  if (hidden.contains(entry.entry)) return question;  // as for somebody who is in no registry

  question.decisions = decisions_on(connection, entry);
  for (const Decision& decision : question.decisions)
    question.seen.push_back(decision.fact);
  const auto answer = find_answer(connection, entry.entry);
  const auto machine = answer ? std::optional(answer->decision) : std::nullopt;
  question.state = state_of(question.decisions, machine, !entry.person.name.empty());
  if (answer) {
    for (const KeptCandidate& kept : answer->candidates) {
      if (!filter.may_show(kept.resident)) continue;
      auto resident = registry.find(kept.resident);
      if (resident) question.candidates.push_back(candidate_of(kept, std::move(*resident), call.language));
    }
    question.what_would_settle = answer->what_would_settle.in(call.language);
  }
  if (question.state == State::decided) {
    question.resident = question.decisions.front().resident;
    question.probability = 1;
  } else if (!question.candidates.empty() && question.state != State::not_resident) {
    question.probability = question.candidates.front().probability;
    if (question.state == State::matched) question.resident = question.candidates.front().resident;
  }
  question.same_person = same_person_of(connection, entry.entry, hidden);
  return question;
}

Result<Queue> Matching::Inside::queue(api::Call& call, const QueueRequest& request) {
  TRY(catch_up(call.progress));
  const auto connection = town.journal().reader();
  std::vector<Standing> standings = visible_standings(call, *connection);
  const bool decided = request.decided.value_or(false);
  std::erase_if(standings, [&](const Standing& standing) {
    const bool waits = standing.state == State::ask || standing.state == State::contradictory;
    const bool is_decided = standing.state == State::decided || standing.state == State::not_resident;
    return !(decided ? is_decided : waits) || (request.shelter && standing.shelter != *request.shelter);
  });
  if (decided)
    order_by_decision(*connection, standings);
  else
    std::ranges::stable_partition(standings,
                                  [](const Standing& one) { return one.state == State::contradictory; });
  const auto offset = static_cast<std::size_t>(std::max<std::int64_t>(request.offset.value_or(0), 0));
  const auto limit = static_cast<std::size_t>(std::clamp<std::int64_t>(request.limit.value_or(20), 1, 100));
  Queue queue;
  queue.total = static_cast<std::int64_t>(standings.size());
  std::vector<std::string> shown;
  for (std::size_t i = offset; i < std::min(offset + limit, standings.size()); ++i) {
    const auto entry = reception::find_entry(*connection, standings[i].entry);
    if (!entry) continue;
    queue.questions.push_back(question_on(call, *connection, *entry));
    add_shown(queue.questions.back(), shown);
  }
  TRY(access.record_look(call, "matching.queue", std::move(shown)));
  return queue;
}

Result<Question> Matching::Inside::of_entry(api::Call& call, const EntryRequest& request) {
  TRY(catch_up(call.progress));
  const auto connection = town.journal().reader();
  const reception::Entry entry = TRY(visible_entry(call, *connection, request.entry));
  Question question = question_on(call, *connection, entry);
  std::vector<std::string> shown;
  add_shown(question, shown);
  TRY(access.record_look(call, "matching.of_entry", std::move(shown)));
  return question;
}

Result<ResidentEntries> Matching::Inside::of_resident(api::Call& call, const ResidentRequest& request) {
  TRY(catch_up(call.progress));
  const registry::OutputFilter filter = registry.output_filter(call.actor, town.today());
  if (!filter.may_show(request.resident) || !registry.find(request.resident))
    return registry::no_such_resident();
  const auto connection = town.journal().reader();
  std::set<EntryId> entries;
  const auto decided = connection->query(
      "SELECT entry FROM matching_decision WHERE resident = $1 ORDER BY entry", request.resident);
  while (decided->next())
    entries.insert(decided->id<EntryId>(0));
  const auto matched = connection->query(
      "SELECT entry FROM local_matching_answer WHERE resident = $1 AND decision <> $2 ORDER BY entry",
      request.resident, static_cast<int>(link::Decision::none));
  while (matched->next())
    entries.insert(matched->id<EntryId>(0));
  ResidentEntries answer;
  std::vector<std::string> shown{access::shown(request.resident)};
  for (const EntryId& id : entries) {
    const auto entry = visible_entry(call, *connection, id);
    if (!entry || entry->withdrawn) continue;
    answer.entries.push_back(question_on(call, *connection, *entry));
    add_shown(answer.entries.back(), shown);
  }
  TRY(access.record_look(call, "matching.of_resident", std::move(shown)));
  return answer;
}

}  // namespace sonae::matching

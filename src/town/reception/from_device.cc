// What a device wrote about those whom it had received without a name, and what it is told of them. Such a
// correction comes late, by whoever has the device then: it is never refused for what others wrote meanwhile.
//
// Whoever shows the fact by which an entry was written has received it, since a device mints both at random:
// they are answered as if it were there to be seen, so that they learn nothing where it is hidden meanwhile.
#include <algorithm>

#include "text/fold.h"
#include "town/reception/inside.h"
#include "town/reception/named_twice.h"

namespace sonae::reception {

namespace {

constexpr std::size_t kMostAskedFor = 500;

bool is_about_the_person(const journal::Fact& fact) {
  return fact.header.kind == "reception.entry_written" || fact.header.kind == "reception.entry_corrected";
}

// Whether all that was seen stands among the facts about the entry.
bool was_seen(const std::vector<journal::Fact>& facts, const std::vector<FactId>& seen) {
  return !seen.empty() && std::ranges::all_of(seen, [&](const FactId& id) {
    const auto fact = std::ranges::find(facts, id, [](const journal::Fact& one) { return one.header.id; });
    return fact != facts.end() && is_about_the_person(*fact);
  });
}

// What was written first, where it has no name.
std::optional<Naming> unnamed_before(const std::vector<journal::Fact>& facts) {
  for (const journal::Fact& fact : facts) {
    if (fact.erased || fact.header.kind != "reception.entry_written") continue;
    const auto written = fact.as<EntryWritten>();
    if (written && written->person.name.empty() && written->person.kana.empty())
      return Naming{written->person, written->shelter};
  }
  return std::nullopt;
}

}  // namespace

Result<Corrected> Reception::Inside::correct_from_device(api::Call& call, const CorrectRequest& request) {
  const auto connection = town.journal().reader();
  const auto facts = journal::facts_about(*connection, subject_of(request.entry));
  const auto entry = find_entry(*connection, request.entry);
  if (!entry || !was_seen(facts, request.seen)) {
    TRY(visible_entry(call, *connection, request.entry));
    return changed_meanwhile();
  }
  EntryCorrected body{request.entry, request.shelter.value_or(entry->shelter), request.person,
                      request.because};
  sort_needs(body.person);
  journal::Draft draft = journal::draft(journal::Stream::urgent, "reception.entry_corrected",
                                        {subject_of(request.entry)}, call.actor.grant, body);
  draft.id = *request.fact;
  draft.supersedes = request.seen;  // and no change of another aspect: the device knew of none
  if (const auto stored = journal::fact(*connection, draft.id)) {
    if (!stored->erased && stored->body != draft.body) return changed_meanwhile();
    TRY(town.journal().settle());
    return Corrected{draft.id, entry->contradictory};
  }

  journal::Batch batch;
  batch.drafts.push_back(std::move(draft));
  const text::Tables& tables = town.tables();
  const NameFold fold = [&](std::string_view written) { return text::fold_name(tables, written); };
  const Naming stands{entry->person, entry->shelter}, said{body.person, body.shelter};
  if (entry->withdrawn && !is_one_name(stands.person, said.person, fold)) {
    // Withdrawn as somebody who had no name, or another: who has one is not dropped with them.
    batch.drafts.push_back(journal::draft(journal::Stream::urgent, "reception.entry_restored",
                                          {subject_of(request.entry)}, call.actor.grant,
                                          EntryRestored{request.entry, request.because}));
    batch.drafts.back().supersedes = standing_facts(*connection, request.entry, "reception.entry_withdrawn");
  }
  // The view sees that two names are one where they are spelled alike; variants of kanji are known here
  // alone.
  const auto before = unnamed_before(facts);
  const bool came_between = std::ranges::any_of(entry->standing, [&](const FactId& fact) {
    return std::ranges::find(request.seen, fact) == request.seen.end();
  });
  if (before && came_between && !entry->contradictory && !together(*before, stands, said, text::fold_kana)) {
    if (auto both = together(*before, stands, said, fold)) {
      const FactId device = batch.drafts.front().id;
      batch.drafts.push_back(journal::draft(
          journal::Stream::urgent, "reception.entry_corrected", {subject_of(request.entry)}, call.actor.grant,
          EntryCorrected{request.entry, both->shelter, std::move(both->person), request.because}));
      batch.drafts.back().supersedes = entry->standing;
      batch.drafts.back().supersedes.push_back(device);
    }
  }
  TRY(town.journal().append(std::move(batch)));
  TRY(changed(call));
  const auto now = find_entry(*town.journal().reader(), request.entry);
  return Corrected{*request.fact, now && now->contradictory};
}

Result<NamedAnswer> Reception::Inside::named(api::Call& call, const NamedRequest& request) const {
  if (request.entries.size() > kMostAskedFor)
    return fail(ErrorCode::invalid_input, {"一度に 500 人までです", "At most 500 at once"}, "entries");
  const auto connection = town.journal().reader();
  const std::set<EntryId> hidden = hidden_from(call, *connection);
  NamedAnswer answer;
  std::vector<std::string> shown;
  for (const Unnamed& asked : request.entries) {
    const auto entry = find_entry(*connection, asked.entry);
    if (!entry || hidden.contains(asked.entry) || (entry->person.name.empty() && !entry->withdrawn)) continue;
    if (!was_seen(journal::facts_about(*connection, subject_of(asked.entry)), {asked.fact})) continue;
    answer.named.push_back({asked.entry, entry->person.name, entry->withdrawn});
    shown.push_back(access::shown(asked.entry));
  }
  if (!shown.empty()) TRY(access.record_look(call, "reception.named", std::move(shown)));
  return answer;
}

}  // namespace sonae::reception

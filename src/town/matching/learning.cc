#include "town/matching/learning.h"

#include <map>

#include "town/matching/inside.h"

namespace sonae::matching {

namespace {

// Decided by people, and not contradicted: whom, or nobody.
std::map<EntryId, std::optional<ResidentId>> settled(store::Connection& connection) {
  std::map<EntryId, std::optional<ResidentId>> all;
  std::set<EntryId> contradictory;
  const auto row = connection.query("SELECT entry, resident FROM matching_decision ORDER BY entry, fact");
  while (row->next()) {
    const auto entry = row->id<EntryId>(0);
    std::optional<ResidentId> resident;
    if (!row->is_null(1)) resident = ResidentId(row->string(1));
    const auto [at, is_new] = all.try_emplace(entry, resident);
    if (!is_new && at->second != resident) contradictory.insert(entry);
  }
  for (const EntryId& entry : contradictory)
    all.erase(entry);
  return all;
}

}  // namespace

std::vector<link::DecidedAnswer> decided_answers(store::Connection& connection,
                                                 std::span<const EntryId> entries,
                                                 std::span<const link::Answer> answers) {
  std::vector<link::DecidedAnswer> decided;
  const auto people = settled(connection);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i].decision != link::Decision::ask) continue;
    const auto at = people.find(entries[i]);
    if (at == people.end()) continue;
    decided.push_back({answers[i].probability, at->second && at->second->text() == answers[i].resident});
  }
  return decided;
}

Result<Learning> Matching::Inside::learning(api::Call& call, const LearningRequest& request) {
  if (request.on) {
    {
      const std::lock_guard nobody_matches(matching_now);  // a run that is under way would write the old one
      const auto writer = town.database().connect();
      store::Transaction transaction(*writer, store::Transaction::Kind::write);
      remember(*writer, kCorrection, *request.on ? link::Correction{}.to_json() : std::string());
      transaction.commit();
    }
    TRY(catch_up(call.progress, true));
  }
  const auto reader = town.journal().reader();
  Learning answer;
  const std::string kept = recalled(*reader, kCorrection);
  answer.on = !kept.empty();
  if (!answer.on) return answer;
  const link::Correction correction = TRY(link::Correction::from_json(kept));
  answer.decisions = static_cast<std::int64_t>(correction.decided);
  answer.right = correction.right;
  answer.stated = {.3, .5, .7, .9};
  for (const double stated : answer.stated)
    answer.meant.push_back(correction.apply(stated));
  return answer;
}

}  // namespace sonae::matching

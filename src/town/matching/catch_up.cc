// Keeping the machine's answers current. What was decided by people is not touched here: it is not here.
#include <map>

#include "link/matcher.h"
#include "town/matching/inside.h"
#include "town/matching/learning.h"
#include "town/matching/rows.h"

namespace sonae::matching {

namespace {

// Raise it when the engine answers differently: all entries are then matched anew.
constexpr int kEngineVersion = 5;
constexpr const char* kAnsweredFor = "answered_for";  // state of registry and engine
constexpr const char* kWeights = "weights";

const Phrase kMatching{"突き合わせています", "Matching"};

struct Stale {
  bool all = false;
  std::set<EntryId> entries;
  std::set<reception::SheetId> sheets;  // on which they stand
  std::set<std::string> families;       // of those who stand on none
  std::size_t named = 0;                // entries in all
};

Stale stale_entries(store::Connection& connection, bool all) {
  Stale stale;
  stale.all = all;
  std::vector<EntryId> at_the_door;
  const auto row = connection.query(
      "SELECT e.entry, e.sheet, e.standing, a.standing FROM reception_entry e LEFT JOIN "
      "local_matching_answer a ON a.entry = e.entry WHERE e.withdrawn = 0 AND e.named = 1");
  while (row->next()) {
    ++stale.named;
    if (!all && !row->is_null(3) && row->bytes(2) == row->bytes(3)) continue;
    stale.entries.insert(row->id<EntryId>(0));
    if (!row->is_null(1))
      stale.sheets.insert(row->id<reception::SheetId>(1));
    else if (!all)
      at_the_door.push_back(row->id<EntryId>(0));
  }
  // Where much is new, the weights are learned anew from everything.
  stale.all = stale.all || stale.entries.size() * 5 >= stale.named;
  if (stale.all) return stale;
  for (const EntryId& id : at_the_door)
    if (const auto entry = reception::find_entry(connection, id); entry && !entry->person.family.empty())
      stale.families.insert(entry->person.family);
  return stale;
}

bool is_wanted(const Stale& stale, const reception::Entry& entry) {
  return stale.all || stale.entries.contains(entry.entry) ||
         (entry.sheet ? stale.sheets.contains(*entry.sheet) : stale.families.contains(entry.person.family));
}

}  // namespace

Result<std::int64_t> Matching::Inside::catch_up(Progress& progress, bool all) {
  const std::lock_guard lock(matching_now);
  const std::string state = registry.version() + " engine " + std::to_string(kEngineVersion);
  // Asked before each inquiry: where nothing came, nothing is read.
  if (!touched->entries && caught_up_with == state && !all) return 0;
  const auto reader = town.journal().reader();
  const bool other_state = recalled(*reader, kAnsweredFor) != state;
  if (!touched->entries.exchange(false) && !other_state && !all) {
    caught_up_with = state;
    return 0;
  }

  const auto people = TRY(registry.people_index(progress));
  const Stale stale = stale_entries(*reader, all || other_state);
  std::vector<Answer> answers;
  std::string weights = recalled(*reader, kWeights);
  std::string correction = recalled(*reader, kCorrection);
  if (!stale.entries.empty() && people != nullptr) {
    Rows rows(town.today());
    reception::for_each_entry(*reader, [&](const reception::Entry& entry) {
      if (is_wanted(stale, entry)) rows.add(entry);
    });
    link::MatchOptions options;
    options.as_of = town.today();
    const auto kept_weights = link::Weights::from_json(weights);
    options.learn = stale.all || !kept_weights;
    // Learning starts from the defaults, so that the same entries give the same answers on every node.
    link::Matcher matcher(people->linkage, options.learn ? link::Weights::defaults() : *kept_weights,
                          options);
    progress.report(kMatching, 0, rows.size());
    const std::vector<link::Record> records = rows.records();
    std::vector<link::Answer> found = matcher.match_all(records, progress);
    if (progress.stop_requested()) {
      touched->entries = true;
      return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"});
    }
    // Learned anew from all entries, never from answers that were corrected before.
    if (!correction.empty()) {
      auto learned = link::Correction::from_json(correction);
      if (stale.all || !learned) {
        std::vector<EntryId> ids;
        for (std::size_t i = 0; i < rows.size(); ++i)
          ids.push_back(rows.entry(i));
        learned = link::learn_correction(decided_answers(*reader, ids, found));
        correction = learned->to_json();
      }
      for (link::Answer& answer : found)
        link::correct(answer, *learned, options.thresholds);
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (!stale.all && !stale.entries.contains(rows.entry(i))) continue;
      Answer answer = kept(found[i], rows.entry(i), rows.standing(i));
      if (found[i].same_as_row) answer.same_as = rows.entry(*found[i].same_as_row);
      answers.push_back(std::move(answer));
    }
    if (options.learn) weights = matcher.weights().to_json();
  }
  const auto writer = town.database().connect();
  store::Transaction transaction(*writer, store::Transaction::Kind::write);
  if (people == nullptr) writer->run("DELETE FROM local_matching_answer");
  for (const Answer& answer : answers)
    store_answer(*writer, answer);
  forget_withdrawn(*writer);
  remember(*writer, kAnsweredFor, state);
  remember(*writer, kWeights, weights);
  remember(*writer, kCorrection, correction);
  transaction.commit();
  caught_up_with = state;
  return static_cast<std::int64_t>(answers.size());
}

}  // namespace sonae::matching

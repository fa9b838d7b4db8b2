// What Matching is made of; one file for each group of operations.
#pragma once

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "town/matching/standing.h"

namespace sonae::matching {

struct Matching::Inside {
  Inside(town::Town& of_town, access::Access& with_access, registry::Registry& with_registry,
         reception::Reception& with_reception)
      : town(of_town), access(with_access), registry(with_registry), reception(with_reception) {}

  town::Town& town;
  access::Access& access;
  registry::Registry& registry;
  reception::Reception& reception;

  // Set by the journal when something that answers depend on arrives; read before each question.
  struct Touched {
    std::atomic<bool> entries = true;
  };
  std::shared_ptr<Touched> touched = std::make_shared<Touched>();

  std::mutex matching_now;     // one catches up at a time
  std::string caught_up_with;  // guarded by matching_now: the state of registry and engine

  // Brings the answers up to date; how many entries were matched. `all`: every entry anew.
  Result<std::int64_t> catch_up(Progress& progress, bool all = false);

  // Entries of which a protected resident stands behind, as far as the caller may not see that.
  std::set<EntryId> hidden_from(const api::Call& call, store::Connection& connection) const;
  std::vector<Standing> visible_standings(const api::Call& call, store::Connection& connection) const;
  Question question_on(const api::Call& call, store::Connection& connection,
                       const reception::Entry& entry) const;
  Result<reception::Entry> visible_entry(const api::Call& call, store::Connection& connection,
                                         const EntryId& id) const;
  Result<Recorded> record(store::Connection& connection, journal::Batch batch, const EntryId& entry);

  Result<RunReport> run(api::Call& call, const RunRequest& request);
  Result<Queue> queue(api::Call& call, const QueueRequest& request);
  Result<QuestionAnswer> question(api::Call& call, const EntryRequest& request);
  Result<Question> of_entry(api::Call& call, const EntryRequest& request);
  Result<ResidentEntries> of_resident(api::Call& call, const ResidentRequest& request);
  Result<Learning> learning(api::Call& call, const LearningRequest& request);
  Result<Duplicates> duplicates(api::Call& call, const DuplicatesRequest& request);
  Result<Summary> summary(api::Call& call, const SummaryRequest& request);
  Result<Recorded> decide(api::Call& call, const DecideRequest& request);
  Result<PickAnswer> pick(api::Call& call, const PickRequest& request);
  Result<Recorded> take_back(api::Call& call, const TakeBackRequest& request);
  Result<Recorded> same_person(api::Call& call, const SamePersonRequest& request);
  Result<api::FileAnswer> export_answers(api::Call& call, const ExportRequest& request);
};

Summary summary_of(const std::vector<Standing>& standings);

// What is shown with a question, for the record of looks: the entry and every candidate.
void add_shown(const Question& question, std::vector<std::string>& shown);

}  // namespace sonae::matching

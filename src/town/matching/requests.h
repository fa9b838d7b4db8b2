// What the operations of matching are asked and what they answer. Pages, the command line and the OpenAPI
// document derive from these structs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "town/matching/matching.h"

namespace sonae::matching {

// How many entries stand how: all that are not withdrawn.
struct Summary {
  std::int64_t entries = 0;
  std::int64_t to_decide = 0;  // contradictory and ask together
  std::int64_t decided = 0;
  std::int64_t not_resident = 0;
  std::int64_t contradictory = 0;
  std::int64_t matched = 0;
  std::int64_t ask = 0;
  std::int64_t none = 0;
  std::int64_t unnamed = 0;
};
BOOST_DESCRIBE_STRUCT(Summary, (),
                      (entries, to_decide, decided, not_resident, contradictory, matched, ask, none, unnamed))

struct SummaryRequest {
  std::optional<std::string> shelter;  // all where not given
};
BOOST_DESCRIBE_STRUCT(SummaryRequest, (), (shelter))

struct RunRequest {
  std::optional<bool> all;  // also the entries whose answers are up to date
};
BOOST_DESCRIBE_STRUCT(RunRequest, (), (all))
struct RunReport {
  std::int64_t residents = 0;  // in the registry
  std::int64_t answered = 0;   // entries that were matched now
  Summary summary;
};
BOOST_DESCRIBE_STRUCT(RunReport, (), (residents, answered, summary))

// One agreement or difference, in the caller's language.
struct ReasonWords {
  std::string field;  // link::name_of: "birth_date"
  std::string words;
  double weight = 0;  // binary logarithm of the likelihood ratio: above 0 it speaks for, below against
};
BOOST_DESCRIBE_STRUCT(ReasonWords, (), (field, words, weight))

struct Candidate {
  ResidentId resident;
  double probability = 0;
  std::vector<ReasonWords> reasons;
  std::string in_words;           // all of them in one sentence
  registry::Resident registered;  // as the registry has them
};
BOOST_DESCRIBE_STRUCT(Candidate, (), (resident, probability, reasons, in_words, registered))

// A decision of a person that holds.
struct Decision {
  FactId fact;
  std::optional<ResidentId> resident;  // absent: not a resident
  std::string because;
  Instant at;
  bool entry_changed = false;  // the entry was corrected after it was decided
};
BOOST_DESCRIBE_STRUCT(Decision, (), (fact, resident, because, at, entry_changed))

// Another entry that seems to be, or was said to be, the same person.
struct SamePerson {
  EntryId entry;
  std::string shelter;
  double probability = 0;    // of the machine; 1 where a person said so
  std::optional<bool> same;  // what a person said
};
BOOST_DESCRIBE_STRUCT(SamePerson, (), (entry, shelter, probability, same))

// One entry as it stands: what was written, and who it may be.
struct Question {
  reception::Entry entry;
  State state = State::none;
  std::optional<ResidentId> resident;  // decided, or matched by the machine
  double probability = 0;
  std::vector<Candidate> candidates;  // the likeliest first
  std::string what_would_settle;
  std::vector<Decision> decisions;
  std::vector<SamePerson> same_person;
  std::vector<FactId> seen;  // give this back with the decision: what it is based on
};
BOOST_DESCRIBE_STRUCT(Question, (),
                      (entry, state, resident, probability, candidates, what_would_settle, decisions,
                       same_person, seen))

struct QueueRequest {
  std::optional<std::string> shelter;
  std::optional<bool>
      decided;  // what people have decided, the newest first, to take it back; else what waits
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // 20 where not given, 100 at most
};
BOOST_DESCRIBE_STRUCT(QueueRequest, (), (shelter, decided, offset, limit))
struct Queue {
  std::int64_t total = 0;
  std::vector<Question> questions;  // contradictory ones first, then as they stand on the lists
};
BOOST_DESCRIBE_STRUCT(Queue, (), (total, questions))

struct EntryRequest {
  EntryId entry;
};
BOOST_DESCRIBE_STRUCT(EntryRequest, (), (entry))

// One item of the entry beside the same item of one candidate.
struct Comparison {
  std::string item;  // "name", "kana", "birth", ...
  std::string written;
  std::string registered;
  std::string words;  // how far they agree; empty where there is nothing to compare
  double weight = 0;
};
BOOST_DESCRIBE_STRUCT(Comparison, (), (item, written, registered, words, weight))
struct CandidateComparison {
  ResidentId resident;
  std::vector<Comparison> items;
};
BOOST_DESCRIBE_STRUCT(CandidateComparison, (), (resident, items))
struct QuestionAnswer {
  Question question;
  std::vector<CandidateComparison> comparisons;  // in the order of the candidates
};
BOOST_DESCRIBE_STRUCT(QuestionAnswer, (), (question, comparisons))

struct DecideRequest {
  EntryId entry;
  std::optional<ResidentId> resident;  // left out: the entry is not a resident
  std::optional<std::string> because;
  std::vector<FactId> seen;  // of the question that was shown
};
BOOST_DESCRIBE_STRUCT(DecideRequest, (), (entry, resident, because, seen))

// matching.pick: which residents the persons are whom somebody at the door received and picked from the list
// on the device. The device mints the facts' ids: what it sends twice is decided once.
struct PickedResident {
  EntryId entry;
  FactId fact;
  ResidentId resident;
};
BOOST_DESCRIBE_STRUCT(PickedResident, (), (entry, fact, resident))
struct PickRequest {
  std::vector<PickedResident> picked;  // 1 to 100
};
BOOST_DESCRIBE_STRUCT(PickRequest, (), (picked))
struct PickAnswer {
  std::vector<FactId> receipts;
};
BOOST_DESCRIBE_STRUCT(PickAnswer, (), (receipts))

struct TakeBackRequest {
  EntryId entry;
  std::optional<std::string> because;
};
BOOST_DESCRIBE_STRUCT(TakeBackRequest, (), (entry, because))

struct SamePersonRequest {
  EntryId entry;
  EntryId other;
  bool same = true;
  std::optional<std::string> because;
};
BOOST_DESCRIBE_STRUCT(SamePersonRequest, (), (entry, other, same, because))

struct Recorded {
  FactId receipt;
  State state = State::none;  // of the entry, from now on
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (receipt, state))

struct LearningRequest {
  std::optional<bool> on;  // left out: only asks how it stands
};
BOOST_DESCRIBE_STRUCT(LearningRequest, (), (on))
// Whether this node corrects the machine's probabilities by what people decided, and how far.
struct Learning {
  bool on = false;
  std::int64_t decisions = 0;  // of entries that the machine had asked about
  double right = 0;            // of these, the share in which its first was the one
  std::vector<double> stated;  // 0.3, 0.5, 0.7, 0.9 ...
  std::vector<double> meant;   // ... and what they are taken for
};
BOOST_DESCRIBE_STRUCT(Learning, (), (on, decisions, right, stated, meant))

struct DuplicatesRequest {
  std::optional<std::string> shelter;  // either entry is of this shelter
  std::optional<bool> decided;         // what people have said, to take it back; else what waits
  std::optional<std::int64_t> limit;   // 100 where not given, 1000 at most
};
BOOST_DESCRIBE_STRUCT(DuplicatesRequest, (), (shelter, decided, limit))
// Two entries that seem to be one person: at two shelters, or twice on one sheet.
struct Duplicate {
  reception::Entry entry;  // in the order of the sheets
  reception::Entry other;
  double probability = 0;              // of the machine; 1 where a person said so
  std::optional<bool> same;            // what a person said
  std::optional<ResidentId> resident;  // whom both were found to be; absent: people who are in no registry
};
BOOST_DESCRIBE_STRUCT(Duplicate, (), (entry, other, probability, same, resident))
struct Duplicates {
  std::int64_t total = 0;
  std::vector<Duplicate> pairs;  // the likeliest first
};
BOOST_DESCRIBE_STRUCT(Duplicates, (), (total, pairs))

struct ResidentRequest {
  ResidentId resident;
};
BOOST_DESCRIBE_STRUCT(ResidentRequest, (), (resident))
struct ResidentEntries {
  std::vector<Question> entries;  // decided, contradictory or matched to be the resident
};
BOOST_DESCRIBE_STRUCT(ResidentEntries, (), (entries))

struct ExportRequest {
  std::optional<std::string> shelter;
};
BOOST_DESCRIBE_STRUCT(ExportRequest, (), (shelter))

}  // namespace sonae::matching

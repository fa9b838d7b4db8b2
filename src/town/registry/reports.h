// What the registry's operations are asked and what they answer. Described structs: JSON, OpenAPI, pages and
// the command line derive from them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "town/registry/facts.h"
#include "town/registry/resident.h"

namespace sonae::registry {

// registry.import; the file comes with the call.
struct ImportRequest {
  std::optional<std::string> layout;  // found by the header where not given
  std::optional<Date> as_of;          // the day that the file describes; today where not given
  std::optional<SnapshotId> mends;    // the file has mended lines of this snapshot: they are added to it
};
BOOST_DESCRIBE_STRUCT(ImportRequest, (), (layout, as_of, mends))

// Something about one line of a file. Says what was expected, never what stood there.
struct LineProblem {
  std::int64_t line = 0;  // from 1, in the file
  std::string item;       // the column; empty where the whole line is meant
  std::string problem;    // in the caller's language
  std::string advice;
};
BOOST_DESCRIBE_STRUCT(LineProblem, (), (line, item, problem, advice))

struct DifferenceCounts {
  std::int64_t moved_in = 0;
  std::int64_t born = 0;
  std::int64_t moved_out = 0;
  std::int64_t died = 0;
  std::int64_t removed = 0;   // その他消除
  std::int64_t returned = 0;  // had been moved out, died or removed, or vanished, and lives here again
  std::int64_t changed = 0;   // lives here before and after, and some item is different
  std::int64_t vanished = 0;  // a question for each
};
BOOST_DESCRIBE_STRUCT(DifferenceCounts, (),
                      (moved_in, born, moved_out, died, removed, returned, changed, vanished))

struct ImportReport {
  bool unchanged = false;  // this very file was already in: nothing was done
  SnapshotId snapshot;
  Date as_of;
  std::string layout;
  SnapshotCounts counts;
  std::int64_t chunks = 0;      // in the snapshot
  std::int64_t new_chunks = 0;  // that this import stored and had acknowledged; the others were here
  std::optional<DifferenceCounts> differences;  // to the snapshot before; absent for the first
  std::int64_t warnings_total = 0;
  std::vector<LineProblem> warnings;  // the first hundred: taken all the same
  std::vector<LineProblem> errors;    // the first hundred of counts.set_aside: registry.set_aside has all
  std::vector<std::string> receipts;  // fact ids of this import, the first and the last
};
BOOST_DESCRIBE_STRUCT(ImportReport, (),
                      (unchanged, snapshot, as_of, layout, counts, chunks, new_chunks, differences,
                       warnings_total, warnings, errors, receipts))

// registry.set_aside: the lines that a snapshot could not take, as a file.
struct SetAsideRequest {
  std::optional<SnapshotId> snapshot;  // the current one where not given
  std::optional<bool> report;          // not the lines but a table of what is wrong with each
};
BOOST_DESCRIBE_STRUCT(SetAsideRequest, (), (snapshot, report))

struct ExportRequest {
  std::string layout;
  std::optional<SnapshotId> snapshot;  // the current one where not given
};
BOOST_DESCRIBE_STRUCT(ExportRequest, (), (layout, snapshot))

struct ExportAnswer {
  std::string file_name;
  std::string content_type;
  std::int64_t rows = 0;
  bool as_it_came = false;       // the same layout: the bytes of the file that was imported
  std::int64_t unencodable = 0;  // characters that the layout's encoding does not have: 〓 stands there
};
BOOST_DESCRIBE_STRUCT(ExportAnswer, (), (file_name, content_type, rows, as_it_came, unencodable))

struct SearchRequest {
  std::string text;
  std::optional<std::int64_t> limit;  // 20 where not given
};
BOOST_DESCRIBE_STRUCT(SearchRequest, (), (text, limit))

struct ResidentList {
  std::vector<Resident> residents;
};
BOOST_DESCRIBE_STRUCT(ResidentList, (), (residents))

struct ResidentRequest {
  ResidentId resident;
};
BOOST_DESCRIBE_STRUCT(ResidentRequest, (), (resident))

struct HouseholdRequest {
  HouseholdId household;
};
BOOST_DESCRIBE_STRUCT(HouseholdRequest, (), (household))

struct SnapshotSummary {
  SnapshotId snapshot;
  FactId fact;
  Date as_of;
  Instant taken;
  std::string layout;
  std::string file_name;
  std::optional<SnapshotCounts>
      counts;  // for those who may see protected persons: whole numbers tell of them
  bool current = false;
  bool superseded = false;  // replaced by another file for the same day, or by itself with mended lines
  bool disputed = false;    // another snapshot of the same day does not know of it: a question
  bool complete = true;     // all its chunks are on this node
};
BOOST_DESCRIBE_STRUCT(SnapshotSummary, (),
                      (snapshot, fact, as_of, taken, layout, file_name, counts, current, superseded, disputed,
                       complete))

// An import after the newest snapshot that was cut off, stopped or refused. Its chunks are kept: the same
// file brought in again goes on from them.
struct UnfinishedImport {
  std::string file_name;
  Date as_of;
  Instant started;
};
BOOST_DESCRIBE_STRUCT(UnfinishedImport, (), (file_name, as_of, started))

struct SnapshotList {
  std::vector<SnapshotSummary> snapshots;    // the newest first
  std::vector<UnfinishedImport> unfinished;  // likewise; without the one that is under way
};
BOOST_DESCRIBE_STRUCT(SnapshotList, (), (snapshots, unfinished))

enum class Change : std::uint8_t { moved_in, born, moved_out, died, removed, returned, changed, vanished };
BOOST_DESCRIBE_ENUM(Change, moved_in, born, moved_out, died, removed, returned, changed, vanished)

struct DifferencesRequest {
  std::optional<SnapshotId> snapshot;  // compared with the one before it; the current one where not given
  std::optional<Change> change;        // only these
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // 100 where not given
};
BOOST_DESCRIBE_STRUCT(DifferencesRequest, (), (snapshot, change, offset, limit))

struct ChangedItem {
  std::string item;
  std::string before;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(ChangedItem, (), (item, before, after))

struct Difference {
  ResidentId resident;
  std::string name;
  Change change = Change::changed;
  std::vector<ChangedItem> items;  // which items are different, where the resident is in both
};
BOOST_DESCRIBE_STRUCT(Difference, (), (resident, name, change, items))

struct DifferenceReport {
  std::optional<SnapshotSummary> before;
  std::optional<SnapshotSummary> after;
  DifferenceCounts counts;  // of those who may be shown
  std::int64_t total = 0;   // rows that the request asks for, over all pages
  std::vector<Difference> rows;
};
BOOST_DESCRIBE_STRUCT(DifferenceReport, (), (before, after, counts, total, rows))

// What a person is asked: residents that vanished, and snapshots of one day that contradict each other.
struct VanishedQuestion {
  Resident resident;                       // as the registry knew them last
  SnapshotId snapshot;                     // the first that no longer had them
  Date as_of;                              // its day
  std::optional<VanishedAnswered> answer;  // what was decided; absent: open
  std::optional<FactId> answer_fact;
  bool contradicted = false;  // answers that differ and do not know of each other: open again
};
BOOST_DESCRIBE_STRUCT(VanishedQuestion, (), (resident, snapshot, as_of, answer, answer_fact, contradicted))

struct QuestionsRequest {
  std::optional<bool> answered;  // those that were answered, to take one back; else the open ones
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // 100 where not given
};
BOOST_DESCRIBE_STRUCT(QuestionsRequest, (), (answered, offset, limit))

struct Questions {
  std::int64_t vanished_total = 0;
  std::vector<VanishedQuestion> vanished;
  std::vector<SnapshotSummary> disputed;
};
BOOST_DESCRIBE_STRUCT(Questions, (), (vanished_total, vanished, disputed))

struct AnswerVanishedRequest {
  ResidentId resident;
  SnapshotId snapshot;
  std::optional<VanishedOutcome> outcome;  // absent: the answer is taken back
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(AnswerVanishedRequest, (), (resident, snapshot, outcome, note))

struct ProtectRequest {
  ResidentId resident;
  std::optional<Date> from;  // today where not given
  std::optional<Date> until;
  std::optional<std::string> kind;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(ProtectRequest, (), (resident, from, until, kind, note))

struct LiftProtectionRequest {
  ResidentId resident;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(LiftProtectionRequest, (), (resident, note))

struct Protection {
  ResidentId resident;
  std::string name;
  std::optional<Date> from;
  std::optional<Date> until;
  std::string kind;
  std::string note;
  bool from_file = false;  // else marked by hand
  bool holds_today = true;
};
BOOST_DESCRIBE_STRUCT(Protection, (), (resident, name, from, until, kind, note, from_file, holds_today))

struct Protections {
  std::vector<Protection> protections;
};
BOOST_DESCRIBE_STRUCT(Protections, (), (protections))

// What was recorded, for operations that only record.
struct Recorded {
  FactId fact;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (fact))

struct LayoutSummary {
  std::string name;
  std::string title;
  std::string title_english;
  std::string remark;  // where it comes from and what it is not
  bool own = false;    // the town's own table
  bool header = false;
  std::int64_t columns = 0;
};
BOOST_DESCRIBE_STRUCT(LayoutSummary, (), (name, title, title_english, remark, own, header, columns))

struct LayoutList {
  std::vector<LayoutSummary> layouts;
};
BOOST_DESCRIBE_STRUCT(LayoutList, (), (layouts))

// registry.status: what the start page shows.
struct RegistryStatus {
  std::optional<SnapshotSummary> current;  // absent: no registry yet
  std::int64_t residents = 0;              // who live here and may be shown to whoever asks
  std::int64_t households = 0;
  std::int64_t open_questions = 0;
  bool search_ready = false;  // else the first search waits for the index
};
BOOST_DESCRIBE_STRUCT(RegistryStatus, (), (current, residents, households, open_questions, search_ready))

}  // namespace sonae::registry

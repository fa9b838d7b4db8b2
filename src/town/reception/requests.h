// What the operations of reception are asked and what they answer. Pages, the command line and the OpenAPI
// document derive from these structs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "town/reception/reception.h"
#include "town/reception/remarks.h"

namespace sonae::reception {

// reception.import; the file comes with the call.
struct ImportRequest {
  std::optional<std::string> shelter;  // else what the list's title or the file's name says
  std::optional<Date> written_on;  // the day for which the list and its ages were written; else the title's
};
BOOST_DESCRIBE_STRUCT(ImportRequest, (), (shelter, written_on))

// A remark on one line, in the caller's language. Says what was done, never what stood there.
struct LineRemark {
  std::int64_t line = 0;  // in the file, from 1; 0: the sheet as a whole
  std::string item;       // the column; empty where the whole line is meant
  std::string code;
  Weight weight = Weight::told;
  std::string what;
  std::string what_to_do;
};
BOOST_DESCRIBE_STRUCT(LineRemark, (), (line, item, code, weight, what, what_to_do))

struct RemarkCount {
  std::string code;
  Weight weight = Weight::told;
  std::string what;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(RemarkCount, (), (code, weight, what, count))

struct ImportReport {
  bool unchanged = false;  // all of it was here already: nothing was written
  SheetId sheet;
  std::string file_name;
  std::string shelter;
  std::optional<Date> written_on;
  std::string encoding;
  std::vector<std::string> columns;  // what each was understood to be
  std::int64_t rows = 0;             // lines with something on them
  std::int64_t persons = 0;          // on the sheet
  std::int64_t unnamed = 0;          // of these, without a name
  std::int64_t new_entries = 0;
  std::int64_t written_before = 0;  // by an earlier import
  std::int64_t set_aside = 0;       // lines: reception.set_aside gives them as a file
  std::vector<RemarkCount> remark_counts;
  std::vector<LineRemark> remarks;    // doubtful and refused ones, the first 200
  std::vector<std::string> receipts;  // fact ids of this import, the first and the last
};
BOOST_DESCRIBE_STRUCT(ImportReport, (),
                      (unchanged, sheet, file_name, shelter, written_on, encoding, columns, rows, persons,
                       unnamed, new_entries, written_before, set_aside, remark_counts, remarks, receipts))

struct SheetSummary {
  SheetId sheet;
  std::string file_name;
  std::string shelter;
  std::optional<Date> written_on;
  Instant imported;
  std::string encoding;
  std::int64_t rows = 0;
  std::int64_t persons = 0;
  std::int64_t set_aside = 0;
};
BOOST_DESCRIBE_STRUCT(SheetSummary, (),
                      (sheet, file_name, shelter, written_on, imported, encoding, rows, persons, set_aside))
struct SheetList {
  std::vector<SheetSummary> sheets;  // the newest first
};
BOOST_DESCRIBE_STRUCT(SheetList, (), (sheets))

struct SheetRequest {
  SheetId sheet;
};
BOOST_DESCRIBE_STRUCT(SheetRequest, (), (sheet))

// One line as written, and beside it what was understood.
struct SheetRow {
  std::uint64_t line = 0;
  std::string raw;
  std::optional<LineKind> kind;  // absent: persons
  std::vector<Entry> entries;
  std::vector<LineRemark> remarks;
};
BOOST_DESCRIBE_STRUCT(SheetRow, (), (line, raw, kind, entries, remarks))
struct SheetAnswer {
  SheetSummary summary;
  std::vector<std::string> columns;
  std::vector<SheetRow> rows;
  std::vector<LineRemark> remarks;  // on the sheet as a whole
};
BOOST_DESCRIBE_STRUCT(SheetAnswer, (), (summary, columns, rows, remarks))

enum class Order : std::uint8_t { as_written, by_name, by_age, newest };
BOOST_DESCRIBE_ENUM(Order, as_written, by_name, by_age, newest)

struct EntriesRequest {
  std::optional<std::string> shelter;  // all where not given
  std::optional<std::string> text;     // as typed: any spelling of a name, a phone number, part of an address
  std::optional<std::string> need;     // a code of words.tsv
  std::optional<Order> order;          // as_written
  std::optional<bool> withdrawn;       // those only; else those that are not
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // 50 where not given, 500 at most
};
BOOST_DESCRIBE_STRUCT(EntriesRequest, (), (shelter, text, need, order, withdrawn, offset, limit))
struct EntryList {
  std::int64_t total = 0;  // of the entries that answer the request
  std::vector<Entry> entries;
};
BOOST_DESCRIBE_STRUCT(EntryList, (), (total, entries))

struct EntryRequest {
  EntryId entry;
};
BOOST_DESCRIBE_STRUCT(EntryRequest, (), (entry))

// What happened to an entry, the oldest first.
struct EntryEvent {
  FactId fact;
  Instant at;
  std::string kind;  // of the fact: "reception.entry_corrected"
  std::string because;
  bool superseded = false;
};
BOOST_DESCRIBE_STRUCT(EntryEvent, (), (fact, at, kind, because, superseded))
struct NeedName {
  std::string code;
  std::string name;  // in the caller's language
};
BOOST_DESCRIBE_STRUCT(NeedName, (), (code, name))
struct EntryAnswer {
  Entry entry;
  std::vector<LineRemark> remarks;
  std::vector<NeedName> needs;
  std::vector<EntryEvent> history;
  std::vector<Person> versions;  // where there is a question: all that hold
};
BOOST_DESCRIBE_STRUCT(EntryAnswer, (), (entry, remarks, needs, history, versions))

// The whole person as it should be; `seen` is the entry's `standing`: conflict where somebody else corrected
// it meanwhile. With `fact`, which a device mints, it was written down where the node could not be asked: it
// is taken all the same, and where others wrote something else meanwhile both stand, as a question.
struct CorrectRequest {
  EntryId entry;
  std::vector<FactId> seen;
  Person person;
  std::optional<std::string> shelter;
  std::string because;
  std::optional<FactId> fact;
};
BOOST_DESCRIBE_STRUCT(CorrectRequest, (), (entry, seen, person, shelter, because, fact))

struct Corrected {
  FactId receipt;
  bool question = false;  // others say something else of this entry
};
BOOST_DESCRIBE_STRUCT(Corrected, (), (receipt, question))

// reception.named: what became meanwhile of those whom a device received without a name. The fact of the
// writing, which only those know who received them, stands beside each.
struct Unnamed {
  EntryId entry;
  FactId fact;
};
BOOST_DESCRIBE_STRUCT(Unnamed, (), (entry, fact))
struct NamedRequest {
  std::vector<Unnamed> entries;  // 500 at most
};
BOOST_DESCRIBE_STRUCT(NamedRequest, (), (entries))
struct NamedSince {
  EntryId entry;
  std::string name;
  bool withdrawn = false;
};
BOOST_DESCRIBE_STRUCT(NamedSince, (), (entry, name, withdrawn))
struct NamedAnswer {
  std::vector<NamedSince> named;  // of those asked for: who has a name by now, or was withdrawn
};
BOOST_DESCRIBE_STRUCT(NamedAnswer, (), (named))

// reception.receive: a family at the door. The device mints the ids, so that what it sends twice, or through
// two nodes, is received once.
struct ArrivedPerson {
  EntryId entry;
  FactId fact;
  Person person;
};
BOOST_DESCRIBE_STRUCT(ArrivedPerson, (), (entry, fact, person))
struct ReceiveRequest {
  std::string shelter;
  Received received;                   // the same for all of them
  std::vector<ArrivedPerson> persons;  // 1 to 100
};
BOOST_DESCRIBE_STRUCT(ReceiveRequest, (), (shelter, received, persons))
struct ReceivedPerson {
  EntryId entry;
  FactId fact;
  bool already = false;  // had been received before: nothing was written
};
BOOST_DESCRIBE_STRUCT(ReceivedPerson, (), (entry, fact, already))
struct ReceiveAnswer {
  std::vector<ReceivedPerson> persons;
};
BOOST_DESCRIBE_STRUCT(ReceiveAnswer, (), (persons))
// A family of the door as facts that are not written yet, and what will be answered: for concerns that write
// them in one batch with facts of their own.
struct Arrivals {
  std::vector<journal::Draft> drafts;
  ReceiveAnswer answer;
};

// reception.change: what was learnt of somebody; at least one aspect. `seen` is what the entry's
// `since.standing` lists: where somebody else wrote meanwhile, both stand, and are a question.
struct ChangeRequest {
  EntryId entry;
  FactId change;  // minted by the device; the facts' ids follow from it
  std::vector<FactId> seen;
  std::optional<StayChanged> stay;
  std::optional<ConditionChanged> condition;
  std::optional<NeedsChanged> needs;
  std::optional<ConsentGiven> consent;
  std::optional<ContactChanged> contact;
};
BOOST_DESCRIBE_STRUCT(ChangeRequest, (), (entry, change, seen, stay, condition, needs, consent, contact))
struct ChangeAnswer {
  std::vector<FactId> receipts;
};
BOOST_DESCRIBE_STRUCT(ChangeAnswer, (), (receipts))

// reception.undo_change: one fact of `since.standing`; what stood before it holds again.
struct UndoChangeRequest {
  EntryId entry;
  FactId fact;
  std::optional<std::string> because;
};
BOOST_DESCRIBE_STRUCT(UndoChangeRequest, (), (entry, fact, because))

struct WithdrawRequest {
  EntryId entry;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(WithdrawRequest, (), (entry, because))

struct Recorded {
  FactId receipt;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (receipt))

struct ShelterList {
  std::vector<Shelter> shelters;
};
BOOST_DESCRIBE_STRUCT(ShelterList, (), (shelters))

struct WordList {
  std::vector<NeedName> needs;
};
BOOST_DESCRIBE_STRUCT(WordList, (), (needs))

}  // namespace sonae::reception

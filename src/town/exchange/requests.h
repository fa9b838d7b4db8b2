// What the operations of exchange are asked and what they answer.
#pragma once

#include "town/exchange/table.h"

namespace sonae::exchange {

struct ImportRequest {
  std::optional<std::string> source;  // who gave the file; its name where not given
};
BOOST_DESCRIBE_STRUCT(ImportRequest, (), (source))

// One thing that is wrong with one record.
struct RecordProblem {
  std::int64_t line = 0;  // where the record begins in the file
  std::string record;     // its id as written; empty where it has none
  std::string field;
  std::string expected;  // in the caller's language
  bool refused = false;  // the record was not taken
};
BOOST_DESCRIBE_STRUCT(RecordProblem, (), (line, record, field, expected, refused))

struct ImportReport {
  std::string file_name;
  std::int64_t persons = 0;  // records in the file
  std::int64_t notes = 0;
  std::int64_t taken = 0;  // new, or newer than what was here
  std::int64_t same = 0;   // here already, as new or newer
  std::int64_t ended = 0;  // placeholders, and what had expired: what was here of them was erased
  std::int64_t refused = 0;
  std::int64_t problem_count = 0;
  std::vector<RecordProblem> problems;  // the first 500
};
BOOST_DESCRIBE_STRUCT(ImportReport, (),
                      (file_name, persons, notes, taken, same, ended, refused, problem_count, problems))

struct ExportRequest {
  std::optional<bool> received;     // those that came in from elsewhere too
  std::optional<std::string> text;  // only those whose name has this
};
BOOST_DESCRIBE_STRUCT(ExportRequest, (), (received, text))

// exchange.export_anpi: 様式第1号, or 第2号 of those who died.
struct AnpiExportRequest {
  std::optional<bool> deaths;
};
BOOST_DESCRIBE_STRUCT(AnpiExportRequest, (), (deaths))

struct Overview {
  std::string domain;
  std::int64_t published = 0;         // of this town
  std::int64_t received_persons = 0;  // from elsewhere
  std::int64_t received_notes = 0;
  std::int64_t ended = 0;  // placeholders
};
BOOST_DESCRIBE_STRUCT(Overview, (), (domain, published, received_persons, received_notes, ended))

struct RecordsRequest {
  std::optional<std::string> text;
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // 50 where not given, 200 at most
};
BOOST_DESCRIBE_STRUCT(RecordsRequest, (), (text, offset, limit))

// A record from elsewhere with its notes.
struct ReceivedPerson {
  std::string record;
  Instant entered;
  std::string source;
  std::map<std::string, std::string> person;
  std::vector<std::map<std::string, std::string>> notes;  // the newest last
  std::optional<Tied> tie;
};
BOOST_DESCRIBE_STRUCT(ReceivedPerson, (), (record, entered, source, person, notes, tie))
struct ReceivedList {
  std::int64_t total = 0;
  std::vector<ReceivedPerson> records;  // the newest first
};
BOOST_DESCRIBE_STRUCT(ReceivedList, (), (total, records))

struct TieRequest {
  std::string record;
  ResidentId resident;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(TieRequest, (), (record, resident, because))
struct UntieRequest {
  std::string record;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(UntieRequest, (), (record, because))
struct Recorded {
  FactId fact;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (fact))

struct UpkeepReport {
  std::int64_t expired = 0;
  std::int64_t erased = 0;     // bodies of facts
  std::int64_t published = 0;  // new or changed
  std::int64_t withdrawn = 0;
};
BOOST_DESCRIBE_STRUCT(UpkeepReport, (), (expired, erased, published, withdrawn))

// --- Partners

struct EnrolRequest {
  std::string name;
  PartnerKind kind = PartnerKind::pfif;
  std::optional<std::string> domain;
  std::vector<Right> rights;
  std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(EnrolRequest, (), (name, kind, domain, rights, until))
struct EnrolAnswer {
  PersonId partner;
  std::string key;  // shown this once
};
BOOST_DESCRIBE_STRUCT(EnrolAnswer, (), (partner, key))
struct PartnerRequest {
  PersonId partner;
};
BOOST_DESCRIBE_STRUCT(PartnerRequest, (), (partner))
// exchange.reach_town: where the other town answers and the key that it gave us.
struct ReachRequest {
  PersonId partner;
  std::string url;
  std::string key;
};
BOOST_DESCRIBE_STRUCT(ReachRequest, (), (partner, url, key))
struct Partner {
  PersonId partner;
  std::string name;
  PartnerKind kind = PartnerKind::pfif;
  std::string domain;
  std::vector<Right> rights;
  std::optional<Instant> until;
  bool holds = false;  // its grant holds now
  std::string url;     // of a town that can be asked
};
BOOST_DESCRIBE_STRUCT(Partner, (), (partner, name, kind, domain, rights, until, holds, url))
struct PartnerList {
  std::vector<Partner> partners;
};
BOOST_DESCRIBE_STRUCT(PartnerList, (), (partners))

// --- What partners ask, with their key

struct FeedRequest {
  std::string key;
  pfif::Kind kind = pfif::Kind::person;
  std::optional<std::string> min_entry_date;  // then the oldest first, else the newest
  std::optional<std::int64_t> max_results;    // 10 where not given, 200 at most
  std::optional<std::int64_t> skip;
  std::optional<std::string> after;             // from the link to the next page
  std::optional<std::string> person_record_id;  // of notes: of this person only
  std::optional<bool> omit_notes;
  std::optional<std::string> self;  // the URL under which the feed was asked for, without the query
};
BOOST_DESCRIBE_STRUCT(FeedRequest, (),
                      (key, kind, min_entry_date, max_results, skip, after, person_record_id, omit_notes,
                       self))
struct ReadRequest {
  std::string key;
  std::string id;  // of a person
};
BOOST_DESCRIBE_STRUCT(ReadRequest, (), (key, id))
struct SearchRequest {
  std::string key;
  std::string q;
  std::optional<std::int64_t> max_results;  // 100 where not given, 200 at most
};
BOOST_DESCRIBE_STRUCT(SearchRequest, (), (key, q, max_results))
struct WriteRequest {
  std::string key;
};
BOOST_DESCRIBE_STRUCT(WriteRequest, (), (key))

// --- Other towns

// exchange.ask_as_town: another town asks, with its key.
struct AskAsTownRequest {
  std::string key;
  std::string asker;  // who asks there, and for whom
  std::string purpose;
  std::string line;  // the person sought: name and birth date
};
BOOST_DESCRIBE_STRUCT(AskAsTownRequest, (), (key, asker, purpose, line))
struct AskAsTownAnswer {
  bool told = false;
  std::string words;
};
BOOST_DESCRIBE_STRUCT(AskAsTownAnswer, (), (told, words))

// exchange.ask_towns: all enrolled towns that can be reached are asked at once.
struct AskTownsRequest {
  std::string asker;  // who wants to know, as told at the desk
  std::string purpose;
  std::string name;
  std::string birth_date;
};
BOOST_DESCRIBE_STRUCT(AskTownsRequest, (), (asker, purpose, name, birth_date))
struct AskTownsAnswer {
  WideId inquiry;
  std::vector<TownReply> replies;
};
BOOST_DESCRIBE_STRUCT(AskTownsAnswer, (), (inquiry, replies))

}  // namespace sonae::exchange

// What the operations of headquarters are asked and what they answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "town/headquarters/facts.h"
#include "town/safety/requests.h"

namespace sonae::headquarters {

enum class CareState : std::uint8_t {
  waiting,   // nobody has been sent
  assigned,  // a team is to go
  not_at_home,
  needs_transport,
  reached,   // by a team, or on a shelter's list
  question,  // two findings that did not know of each other
};
BOOST_DESCRIBE_ENUM(CareState, waiting, assigned, not_at_home, needs_transport, reached, question)

struct CareRequest : safety::AreaChoice {
  std::optional<std::string> team;
  std::optional<CareState> state;
  std::optional<bool> all;  // those who were reached too
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // 200 where not given, 1000 at most
};
BOOST_DESCRIBE_STRUCT(CareRequest, (safety::AreaChoice), (team, state, all, offset, limit))

struct CareRow {
  ResidentId resident;
  std::string name;
  std::string kana;
  std::optional<int> age;
  std::string sex;
  std::string address;
  std::string town;
  std::string phone;
  std::string needs;
  std::string supporter;
  std::string note;
  CareState state = CareState::waiting;
  bool on_list = false;  // stands on a shelter's list
  std::string team;
  std::optional<Instant> found_at;
  std::string found_note;
  std::vector<FactId> standing;  // the findings that hold
};
BOOST_DESCRIBE_STRUCT(CareRow, (),
                      (resident, name, kana, age, sex, address, town, phone, needs, supporter, note, state,
                       on_list, team, found_at, found_note, standing))

struct CareCount {
  std::string name;  // of a town (大字) or a team; empty: none is known
  std::int64_t listed = 0;
  std::int64_t reached = 0;
  std::int64_t needs_transport = 0;
  std::int64_t not_at_home = 0;
  std::int64_t waiting = 0;  // nobody has been sent
};
BOOST_DESCRIBE_STRUCT(CareCount, (), (name, listed, reached, needs_transport, not_at_home, waiting))

struct CareAnswer {
  Instant at;
  CareCount all;
  std::vector<CareCount> by_town;
  std::vector<CareCount> by_team;
  std::vector<CareRow> rows;  // by town and address
  std::int64_t rows_total = 0;
};
BOOST_DESCRIBE_STRUCT(CareAnswer, (), (at, all, by_town, by_team, rows, rows_total))

// care.sheet: what a team carries, and no more.
struct SheetRequest {
  std::string team;
};
BOOST_DESCRIBE_STRUCT(SheetRequest, (), (team))
struct SheetRow {
  std::string name;
  std::string kana;
  std::optional<int> age;
  std::string sex;
  std::string address;
  std::string phone;
  std::string needs;
  std::string supporter;
  CareState state = CareState::assigned;
};
BOOST_DESCRIBE_STRUCT(SheetRow, (), (name, kana, age, sex, address, phone, needs, supporter, state))
struct SheetAnswer {
  std::string team;
  Instant at;
  std::vector<SheetRow> rows;
};
BOOST_DESCRIBE_STRUCT(SheetAnswer, (), (team, at, rows))

struct UnlistRequest {
  ResidentId resident;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(UnlistRequest, (), (resident, because))

struct AssignRequest {
  std::vector<ResidentId> residents;  // a thousand at most
  std::string team;                   // empty: takes the assignment back
};
BOOST_DESCRIBE_STRUCT(AssignRequest, (), (residents, team))

struct FindRequest {
  ResidentId resident;
  Finding found = Finding::reached;
  std::string note;
  std::optional<std::string> team;  // the assigned one where not given
  std::vector<FactId> seen;         // the findings that held when this was written
};
BOOST_DESCRIBE_STRUCT(FindRequest, (), (resident, found, note, team, seen))

struct TakeBackRequest {
  ResidentId resident;
  std::vector<FactId> seen;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(TakeBackRequest, (), (resident, seen, because))

struct Written {
  std::int64_t facts = 0;
};
BOOST_DESCRIBE_STRUCT(Written, (), (facts))

// care.import: a 避難行動要支援者名簿 as CSV. Nobody's data stands in the report.
struct ImportProblem {
  std::int64_t line = 0;
  std::string problem;
};
BOOST_DESCRIBE_STRUCT(ImportProblem, (), (line, problem))
struct ImportReport {
  std::int64_t rows = 0;
  std::int64_t listed = 0;
  std::int64_t unchanged = 0;
  std::vector<ImportProblem> problems;  // rows of which nobody, or several, are known
};
BOOST_DESCRIBE_STRUCT(ImportReport, (), (rows, listed, unchanged, problems))

// The timeline (時系列): what happened when. No person is named.
struct TimelineRequest {
  std::optional<Instant> from;
  std::optional<Instant> until;
  std::optional<std::vector<std::string>> kinds;  // all where not given
  std::optional<std::string> text;                // in what is said of it
  std::optional<std::int64_t> limit;              // 500 where not given, 5000 at most: the newest
};
BOOST_DESCRIBE_STRUCT(TimelineRequest, (), (from, until, kinds, text, limit))
struct Event {
  Instant at;
  std::string kind;  // shelter_opened, list_imported, registry_imported, report, supply, area, received,
                     // decisions, node
  std::string what;  // in the caller's language
  std::string place;
  std::optional<std::int64_t> count;
};
BOOST_DESCRIBE_STRUCT(Event, (), (at, kind, what, place, count))
// How many of the registry were confirmed by the end of an hour, by the times that the entries bear.
struct Hour {
  Instant at;
  std::int64_t received = 0;   // in this hour
  std::int64_t confirmed = 0;  // until its end
  std::int64_t unconfirmed = 0;
};
BOOST_DESCRIBE_STRUCT(Hour, (), (at, received, confirmed, unconfirmed))
struct Timeline {
  std::vector<Event> events;  // the newest first
  std::int64_t total = 0;
  std::vector<Hour> hours;  // those in which somebody was received, the oldest first
};
BOOST_DESCRIBE_STRUCT(Timeline, (), (events, total, hours))

}  // namespace sonae::headquarters

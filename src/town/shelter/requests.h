// What the operations of shelters are asked and what they answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "town/reception/reception.h"
#include "town/shelter/facts.h"

namespace sonae::shelter {

struct DeskRequest {
  std::string shelter;
};
BOOST_DESCRIBE_STRUCT(DeskRequest, (), (shelter))

// Somebody on one of the desk's boards.
struct DeskPerson {
  EntryId entry;
  std::string name;  // empty: not known
  std::string kana;
  std::optional<int> age;
  std::string room;
  std::vector<std::string> needs;  // codes
  std::string note;
};
BOOST_DESCRIBE_STRUCT(DeskPerson, (), (entry, name, kana, age, room, needs, note))

struct Room {
  std::string room;  // empty: not said
  std::int64_t persons = 0;
  std::int64_t families = 0;
};
BOOST_DESCRIBE_STRUCT(Room, (), (room, persons, families))

// Meals for one time, from who is there now.
struct Meals {
  std::int64_t ordinary = 0;  // neither of the others
  std::int64_t infant = 0;    // under one year, or with the need "infant": milk, baby food
  std::int64_t special = 0;   // need "food": soft, halal ...; see the board for what
  std::int64_t allergy = 0;   // need "allergy"
  std::int64_t outside = 0;   // for those who stay outside and come for meals
};
BOOST_DESCRIBE_STRUCT(Meals, (), (ordinary, infant, special, allergy, outside))

struct NeedOnBoard {
  std::string code;
  std::string name;  // in the caller's language
  std::vector<DeskPerson> persons;
};
BOOST_DESCRIBE_STRUCT(NeedOnBoard, (), (code, name, persons))

// A family of whom not everybody has a name yet: one stood for all at the door ("たびの いちろう and three
// more"), or they were only counted. Whoever has time asks them.
struct FamilyMember {
  EntryId entry;
  std::string name;  // empty: still to be asked
  std::string note;  // what was said of them: 子ども
  std::vector<FactId> standing;
};
BOOST_DESCRIBE_STRUCT(FamilyMember, (), (entry, name, note, standing))
struct FamilyToName {
  std::vector<FamilyMember> members;  // those with a name first
  std::string address;
  std::string room;
  Instant at;  // when the first of them was written down
};
BOOST_DESCRIBE_STRUCT(FamilyToName, (), (members, address, room, at))

struct Leaver {
  EntryId entry;
  std::string name;
  reception::StayKind stay = reception::StayKind::left;
  std::string where;  // as told
  std::optional<Instant> at;
};
BOOST_DESCRIBE_STRUCT(Leaver, (), (entry, name, stay, where, at))

// One asking for supplies as it stands.
struct Supply {
  SupplyId supply;
  std::string shelter;
  std::string item;
  std::int64_t amount = 0;
  std::string unit;
  std::optional<Date> needed_by;
  bool urgent = false;
  std::string note;
  SupplyState state = SupplyState::asked;
  std::int64_t settled_amount = 0;
  std::string settled_note;
  Instant asked;
  std::optional<Instant> settled;
  std::vector<FactId> standing;  // the settlings that hold
  bool contradictory = false;    // two of them differ: a question
};
BOOST_DESCRIBE_STRUCT(Supply, (),
                      (supply, shelter, item, amount, unit, needed_by, urgent, note, state, settled_amount,
                       settled_note, asked, settled, standing, contradictory))

struct Desk {
  std::string shelter;
  Date day;
  Figures figures;
  Meals meals;
  std::vector<Room> rooms;            // the fullest first
  std::vector<NeedOnBoard> needs;     // the most frequent first
  std::vector<FamilyToName> to_name;  // who came first is first
  std::vector<DeskPerson> questions;  // of whom two said different things
  std::vector<Leaver> leavers;        // the newest first
  std::vector<Supply> supplies;       // those that are open
  std::optional<Instant> reported;    // when the newest report was sent
};
BOOST_DESCRIBE_STRUCT(Desk, (),
                      (shelter, day, figures, meals, rooms, needs, to_name, questions, leavers, supplies,
                       reported))

struct AskSupplyRequest {
  std::string shelter;
  std::string item;
  std::int64_t amount = 0;
  std::string unit;
  std::optional<Date> needed_by;
  std::optional<bool> urgent;
  std::optional<std::string> note;
  std::optional<SupplyId> supply;  // minted by a device, so that what it sends twice is asked for once
};
BOOST_DESCRIBE_STRUCT(AskSupplyRequest, (), (shelter, item, amount, unit, needed_by, urgent, note, supply))

// `state` asked: what was said of it is taken back. `seen` is the supply's `standing`.
struct SettleSupplyRequest {
  SupplyId supply;
  std::vector<FactId> seen;
  SupplyState state = SupplyState::on_the_way;
  std::optional<std::int64_t> amount;  // else as asked
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(SettleSupplyRequest, (), (supply, seen, state, amount, note))

struct SuppliesRequest {
  std::optional<std::string> shelter;
  std::optional<bool> open;  // true: those still to be dealt with
};
BOOST_DESCRIBE_STRUCT(SuppliesRequest, (), (shelter, open))
struct SupplyList {
  std::vector<Supply> supplies;  // urgent ones first, then by the day they are needed, then the oldest
};
BOOST_DESCRIBE_STRUCT(SupplyList, (), (supplies))

struct SendReportRequest {
  std::string shelter;
  std::optional<Date> day;  // today where not given
  std::optional<std::string> facilities;
  std::optional<std::string> staff;
  std::optional<std::string> wishes;
  std::optional<std::string> note;
  std::optional<Figures> figures;  // counted where not given; a shelter that counts by hand gives its own
};
BOOST_DESCRIBE_STRUCT(SendReportRequest, (), (shelter, day, facilities, staff, wishes, note, figures))

struct Report {
  ReportId report;
  FactId fact;
  std::string shelter;
  Date day;
  Instant sent;
  Figures figures;
  std::string facilities, staff, wishes, note;
  bool contradictory = false;  // two of one day that do not know of each other
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (report, fact, shelter, day, sent, figures, facilities, staff, wishes, note,
                       contradictory))
struct ReportsRequest {
  std::optional<std::string> shelter;
  std::optional<Date> day;
};
BOOST_DESCRIBE_STRUCT(ReportsRequest, (), (shelter, day))
struct ReportList {
  std::vector<Report> reports;  // the newest day first, then by shelter
};
BOOST_DESCRIBE_STRUCT(ReportList, (), (reports))

// shelter.wall: only those who said that their name may hang there (Audience::wall), never a protected one,
// whoever asks.
struct WallPerson {
  std::string name;
  std::string kana;
  std::string room;
};
BOOST_DESCRIBE_STRUCT(WallPerson, (), (name, kana, room))
struct Wall {
  std::string shelter;
  Instant at;
  std::vector<WallPerson> persons;  // by reading
  std::int64_t not_shown = 0;       // who stay here and did not agree, without the protected ones
};
BOOST_DESCRIBE_STRUCT(Wall, (), (shelter, at, persons, not_shown))

// shelter.overview: all shelters at a glance.
struct ShelterAtAGlance {
  std::string shelter;
  Figures figures;
  std::int64_t open_supplies = 0;
  std::int64_t urgent_supplies = 0;
  std::optional<Instant> reported;
  std::optional<Instant> heard;  // when the newest entry of it was written
};
BOOST_DESCRIBE_STRUCT(ShelterAtAGlance, (),
                      (shelter, figures, open_supplies, urgent_supplies, reported, heard))
struct Overview {
  Date day;
  std::vector<ShelterAtAGlance> shelters;  // the fullest first
  std::int64_t staying = 0;
  std::int64_t outside = 0;
  std::int64_t contradictory = 0;  // entries with a question
};
BOOST_DESCRIBE_STRUCT(Overview, (), (day, shelters, staying, outside, contradictory))

struct Recorded {
  FactId receipt;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (receipt))
struct SupplyRecorded {
  SupplyId supply;
  FactId receipt;
};
BOOST_DESCRIBE_STRUCT(SupplyRecorded, (), (supply, receipt))

}  // namespace sonae::shelter

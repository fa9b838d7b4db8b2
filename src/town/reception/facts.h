// What can happen in reception (避難者名簿): sheets are imported, entries are written, corrected and
// withdrawn, shelters are opened. Every row is kept as it was written; what was understood stands beside it.
// docs/formats.md, "Facts of reception", has the bytes; docs/reception.md says what the remarks mean.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/json.h"
#include "text/date_json.h"

namespace sonae::reception {

// One list of one shelter: the first 16 bytes of a hash of its bytes and of the shelter (ids.h), so that two
// laptops that import the same file mean the same sheet.
using SheetId = RandomId<struct SheetTag>;

enum class Sex : std::uint8_t { unknown, male, female };
BOOST_DESCRIBE_ENUM(Sex, unknown, male, female)

// Where somebody stays. Most are in the shelter whose list they stand on.
enum class StayKind : std::uint8_t {
  shelter,    // 避難所
  home,       // 在宅
  car,        // 車中泊
  relatives,  // 親族・知人宅
  hospital,   // 入院・施設
  elsewhere,  // 上のどれでもないと書いてある
  left,       // 退所
};
BOOST_DESCRIBE_ENUM(StayKind, shelter, home, car, relatives, hospital, elsewhere, left)

enum class Condition : std::uint8_t {
  not_stated,
  well,     // 無事
  ill,      // 体調不良
  injured,  // けが
  missing,  // 行方不明, 連絡が取れない: on the list, but not there
  dead,     // 死亡
};
BOOST_DESCRIBE_ENUM(Condition, not_stated, well, ill, injured, missing, dead)

// What somebody should know about how a row was read. Codes are stable; remarks.h has their words.
struct Remark {
  std::string code;  // "address_from_above"
  std::string item;  // the item it is about: "address"; empty where the whole row is meant
  friend auto operator<=>(const Remark&, const Remark&) = default;
};
BOOST_DESCRIBE_STRUCT(Remark, (), (code, item))

// One person as understood. Texts are as written, with what stood in the rows above where the sheet said so.
struct Person {
  std::string name;  // empty: somebody whose name was not written ("外3名")
  std::string kana;
  Sex sex = Sex::unknown;
  text::PartialDate birth;
  std::optional<int> age;         // in full years, as of as_of
  std::optional<int> age_months;  // of an infant: months beyond the years
  std::optional<Date> as_of;      // the day for which age was written; absent where there is no age
  std::string address;
  std::string phone;
  std::string note;                // all that the row says beyond the other items
  std::string relation;            // 続柄 as written: 妻, 長男
  std::vector<std::string> needs;  // codes of data/reception/needs.tsv, sorted: "wheelchair"
  Condition condition = Condition::not_stated;
  StayKind stay = StayKind::shelter;
  bool visitor = false;  // 観光客, 帰省中: not expected in the registry
  std::string family;    // equal for those who were written down as one family on one sheet; empty: not said
  friend bool operator==(const Person&, const Person&) = default;
};
BOOST_DESCRIBE_STRUCT(Person, (),
                      (name, kana, sex, birth, age, age_months, as_of, address, phone, note, relation, needs,
                       condition, stay, visitor, family))

// A line that gave no entry: kept, so that nothing of a sheet is lost.
enum class LineKind : std::uint8_t {
  title,      // 大島小学校 避難者名簿 3月12日
  header,     // 氏名,年齢,住所
  section,    // 2階 理科室
  total,      // 計 35名
  unfilled,   // a numbered line of the form on which nobody stands
  set_aside,  // not understood: mend it and import it again
};
BOOST_DESCRIBE_ENUM(LineKind, title, header, section, total, unfilled, set_aside)

struct OtherLine {
  std::uint64_t line = 0;  // in the file, the first is 1
  LineKind kind = LineKind::set_aside;
  std::string raw;
  std::vector<Remark> remarks;
};
BOOST_DESCRIBE_STRUCT(OtherLine, (), (line, kind, raw, remarks))

// A person of the sheet who had been written down before by an earlier sheet of the same shelter.
struct WrittenBefore {
  EntryId entry;
  std::uint64_t line = 0;  // of this sheet
  std::uint32_t index = 0;
};
BOOST_DESCRIBE_STRUCT(WrittenBefore, (), (entry, line, index))

// reception.sheet_imported, about sheet:<id>. The file itself is the blob `content`.
struct SheetImported {
  SheetId sheet;
  std::string file_name;
  Hash digest;   // SHA-256 of the file
  Hash content;  // address of the blob that holds it
  std::string encoding;
  std::string shelter;
  std::optional<Date> written_on;  // what the sheet says, or who imported it
  std::int64_t rows = 0;           // lines with something on them
  std::int64_t entries = 0;        // persons on it, those that stood on an earlier sheet included
  std::vector<OtherLine> other_lines;
  std::vector<std::string> columns;  // what they were understood to be
  std::vector<Remark> remarks;       // on the sheet as a whole
  std::vector<WrittenBefore> again;
};
BOOST_DESCRIBE_STRUCT(SheetImported, (),
                      (sheet, file_name, digest, content, encoding, shelter, written_on, rows, entries,
                       other_lines, columns, remarks, again))

// How somebody was taken down who was received at the door and stands on no list.
enum class Way : std::uint8_t {
  typed,   // at the keyboard
  picked,  // found on the device among the residents
  card,    // from an evacuee card or its QR code
  form,    // from a paper form, typed in later
  copied,  // from the entry of a neighbour or of the family
  named,   // one of those who had only been counted
};
BOOST_DESCRIBE_ENUM(Way, typed, picked, card, form, copied, named)

// Who may learn that the person is here (安否情報の提供への同意), item by item.
enum class Audience : std::uint8_t {
  family,          // 家族・同居者
  acquaintances,   // 親族・知人
  wall,            // 避難所の掲示
  anyone,          // 照会したすべての人
  municipalities,  // 他の自治体
};
BOOST_DESCRIBE_ENUM(Audience, family, acquaintances, wall, anyone, municipalities)

struct Consent {
  Audience to = Audience::family;
  bool allowed = false;
  friend bool operator==(const Consent&, const Consent&) = default;
};
BOOST_DESCRIBE_STRUCT(Consent, (), (to, allowed))

struct Received {
  Way way = Way::typed;
  Instant at;                    // by the device's clock
  std::string form_number;       // of the paper form; else empty
  std::string room;              // 2年1組; empty: not said
  std::vector<Consent> consent;  // what was asked at the door; the rest is not allowed
  std::string said_by;           // who consented: 本人, 妻
};
BOOST_DESCRIBE_STRUCT(Received, (), (way, at, form_number, room, consent, said_by))

// reception.entry_written, about entry:<id>. The id follows from what is written (ids.h): the same row of the
// same shelter is the same entry, whoever imports it and how often. A person received at the door without a
// sheet has no sheet, and an id that the device minted.
struct EntryWritten {
  EntryId entry;
  std::optional<SheetId> sheet;
  std::uint64_t line = 0;   // in the sheet; 0 without one
  std::uint32_t index = 0;  // which person of the line, from 0
  std::string raw;          // the row as written, as UTF-8
  std::string written_id;   // the list's own number of the row: entry_id, 番号
  std::string shelter;
  Person person;
  std::vector<Remark> remarks;
  std::optional<Received> received;  // only without a sheet
};
BOOST_DESCRIBE_STRUCT(EntryWritten, (),
                      (entry, sheet, line, index, raw, written_id, shelter, person, remarks, received))

// reception.entry_corrected, about entry:<id>; supersedes the writing or the correction that was seen. What
// was written stays readable in the superseded facts.
struct EntryCorrected {
  EntryId entry;
  std::string shelter;
  Person person;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(EntryCorrected, (), (entry, shelter, person, because))

// reception.entry_withdrawn, about entry:<id>: written by mistake, twice, or a trial.
struct EntryWithdrawn {
  EntryId entry;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(EntryWithdrawn, (), (entry, because))

// reception.entry_restored, about entry:<id>; supersedes the withdrawals that were seen.
struct EntryRestored {
  EntryId entry;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(EntryRestored, (), (entry, because))

// reception.shelter_opened, about shelter:<name>; a later one supersedes those that were seen.
struct ShelterOpened {
  std::string name;
  std::string address;
  std::optional<double> longitude;  // WGS 84, degrees
  std::optional<double> latitude;
};
BOOST_DESCRIBE_STRUCT(ShelterOpened, (), (name, address, longitude, latitude))

}  // namespace sonae::reception

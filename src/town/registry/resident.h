// A resident as the registry knows one: the canonical fields (resident_field.h) derived from the cells of
// whatever layout the file had. Never stored: read from the cells, which are kept as they were written.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "link/record.h"
#include "text/date.h"

namespace sonae::registry {

enum class Sex : std::uint8_t { unknown, male, female };
BOOST_DESCRIBE_ENUM(Sex, unknown, male, female)

// 住民状態.
enum class ResidentStatus : std::uint8_t { resident, moved_out, died, removed };
BOOST_DESCRIBE_ENUM(ResidentStatus, resident, moved_out, died, removed)

// Whether the newest snapshot still has the person (see Registry).
enum class Presence : std::uint8_t {
  present,   // in the newest snapshot
  vanished,  // was in an earlier one, is gone without a removal: a question that nobody has answered yet
  kept,      // as above, and somebody decided that the person is still a resident
};
BOOST_DESCRIBE_ENUM(Presence, present, vanished, kept)

// One resident while residents are passed over one by one. Texts are as written and only borrowed: valid
// until the call that they were given to returns. Empty: not known.
struct ResidentRow {
  std::string_view id;
  std::string_view household;
  std::string_view name;  // the whole name; made from the two parts where only these were written
  std::string_view family_name;
  std::string_view given_name;
  std::string_view kana;
  std::string_view family_kana;
  std::string_view given_kana;
  std::string_view former_family_name;  // 旧氏
  std::string_view alias;               // 通称
  std::string_view alias_kana;
  std::string_view romaji;
  std::string_view foreign_kanji;  // 氏名_外国人漢字
  Sex sex = Sex::unknown;
  text::PartialDate birth;
  std::string_view postcode;
  std::string_view address;  // whole: prefecture to building, as far as it was written
  std::string_view phone;
  std::string_view relation;  // 続柄, in words where the code is known
  std::string_view needs;     // 要配慮 as the file has them, joined by '、'
  ResidentStatus status = ResidentStatus::resident;
  Presence presence = Presence::present;

  bool lives_here() const { return status == ResidentStatus::resident; }
};

// The same for linkage. `other_names` must outlive the record and is filled here.
link::Record to_link_record(const ResidentRow& row, std::vector<std::string_view>& other_names);

// One item of the file as it was written.
struct Item {
  std::string name;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(Item, (), (name, value))

// A resident as an operation gives one: for lists and for the page of one person.
struct Resident {
  ResidentId id;
  HouseholdId household;
  std::string name;
  std::string kana;
  Sex sex = Sex::unknown;
  std::string birth_date;           // ISO with zeros for unknown parts ("1948-03-00"); empty where not known
  std::string birth_date_japanese;  // 昭和23年3月
  std::optional<int> age;           // today
  std::string postcode;
  std::string address;
  std::string phone;
  std::string relation;
  std::string needs;
  std::string alias;
  std::string former_family_name;
  ResidentStatus status = ResidentStatus::resident;
  Presence presence = Presence::present;
  bool protected_person = false;  // only ever true for those who may see protected persons
  std::vector<Item> items;        // every item as written; only where one resident is opened
};
BOOST_DESCRIBE_STRUCT(Resident, (),
                      (id, household, name, kana, sex, birth_date, birth_date_japanese, age, postcode,
                       address, phone, relation, needs, alias, former_family_name, status, presence,
                       protected_person, items))

Resident to_resident(const ResidentRow& row, Date today);

}  // namespace sonae::registry

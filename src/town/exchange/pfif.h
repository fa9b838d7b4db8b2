// Records of PFIF, the People Finder Interchange Format (http://zesty.ca/pfif/1.4/), and what the standard
// asks of their fields. A record keeps each field as it was written; an empty field is one that is not there.
#pragma once

#include <boost/describe.hpp>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace sonae::exchange::pfif {

inline constexpr std::string_view kNamespace = "http://zesty.ca/pfif/1.4";

enum class Kind : std::uint8_t { person, note };
BOOST_DESCRIBE_ENUM(Kind, person, note)

struct Record {
  Kind kind = Kind::person;
  std::map<std::string, std::string> fields;  // by their names in PFIF 1.4, without the empty ones

  // The field's text; empty where there is none.
  const std::string& at(std::string_view field) const;
  void set(std::string_view field, std::string text);  // an empty text takes the field away
  const std::string& id() const;                       // person_record_id or note_record_id
  friend bool operator==(const Record&, const Record&) = default;
};
BOOST_DESCRIBE_STRUCT(Record, (), (kind, fields))

// The names of a kind's fields in the order in which the standard lists them.
std::span<const std::string_view> fields_of(Kind kind);
// Whether the name is among them: what is not is neither read nor written.
bool is_field(Kind kind, std::string_view name);

// "example.org/person.1" -> "example.org"; empty where the id is not a domain, a slash and more.
std::string_view domain_of(std::string_view record_id);

// A date of PFIF: "2011-03-11T05:46:00Z", with a fraction of a second where there is one; always UTC.
std::optional<Instant> read_date(std::string_view text);
std::string write_date(Instant instant);

// What a person record is after its expiry or deletion: its id and its dates, and nothing else.
bool is_placeholder(const Record& record);
Record placeholder_of(const std::string& record_id, Instant source_date, Instant entry_date,
                      Instant expiry_date);
// Absent: it does not expire.
std::optional<Instant> expiry_of(const Record& record);

// What is wrong with a record, and what was expected instead.
struct Problem {
  std::string field;
  Phrase expected;
  bool refused = false;  // the record cannot be taken; else the field was left out, or is missed
};
// Checks a record as the standard says and takes fields away that are not what they must be. The values never
// stand in a problem: they are about people.
std::vector<Problem> check(Record& record);

}  // namespace sonae::exchange::pfif

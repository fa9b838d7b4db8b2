// The town's own records of PFIF: those who said that anyone may know of them, as far as the decision table
// lets anyone be told. Derived from the entries whenever something changed; never of protected persons, never
// of a death, never of somebody whose entry is in question. Any thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "town/exchange/pfif.h"
#include "town/inquiry/disclosure.h"
#include "town/inquiry/knowable.h"

namespace sonae::exchange {

// "304280.sonae.invalid/person.<entry>": the entry is the person's first one.
std::string own_person_id(const std::string& domain, const EntryId& entry);
std::string own_note_id(const std::string& person_record);  // of the one note that each of them has

// The domain of the town's records: `domain` in its tables/exchange.toml, else a name that nobody owns.
Result<std::string> own_domain(const town::Town& town);

struct OwnRecord {
  EntryId entry;  // the person's first
  pfif::Record person;
  pfif::Record note;
  Hash digest;  // of both, without their dates
};

struct OwnRecords {
  std::map<std::string, OwnRecord> by_id;
  // Folded names of protected persons: a record from elsewhere that bears one is not passed on.
  std::set<std::string> names_kept_out;

  static OwnRecords build(town::Town& town, registry::Registry& registry, store::Connection& connection,
                          const inquiry::Disclosure& disclosure, const std::string& domain);
};

// Whether a person's record from elsewhere bears the name of a protected person.
bool bears_name(const text::Tables& tables, const std::set<std::string>& names_kept_out,
                const pfif::Record& person);

}  // namespace sonae::exchange

// Ids that follow from what is written, so that two laptops which import one list make one entry of one row,
// and importing it twice changes nothing.
//
// A row's entries are known by the shelter, the row as written, what it took from the rows above ("〃"), how
// many equal rows stood on the sheet before it, and the place of the person on the row: so a list that grew
// by some rows since it was last imported gives new entries for the new rows only.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "town/reception/facts.h"

namespace sonae::reception {

SheetId sheet_id(const Hash& digest, std::string_view shelter);

// One family (those written down as one on one sheet, or at the door of one shelter) by what is equal for all
// of them and for nobody else: a key to look the others up by, whatever characters the family's name has.
using FamilyKey = RandomId<struct FamilyTag>;
FamilyKey family_key(const EntryWritten& first, std::string_view family);

// By what whoever worked with an entry knows whether it still says the same: another one whenever a fact
// comes to hold or ceases to. No single fact would do: of two that agree either may come first.
Hash standing_digest(std::span<const FactId> standing);

// The id of the fact that a request writes on one aspect, so that what a device sends twice is written once.
FactId aspect_fact_id(const FactId& minted, std::string_view kind);

class EntryIds {
 public:
  // Begins a row; `shelter` is the one for which it is imported.
  void begin_row(std::string_view shelter, std::string_view raw, std::string_view above);
  EntryId id(std::uint32_t index) const;

 private:
  std::map<Hash, std::uint64_t> rows_;  // how often each was met
  Hash row_;
  std::uint64_t occurrence_ = 0;
};

}  // namespace sonae::reception

// Entries and sheets as the view's tables hold them.
#pragma once

#include <string>
#include <vector>

#include "town/reception/reception.h"

namespace sonae::reception {

// What the column `content` of an entry's row holds, as JSON: all of the entry that no statement asks for.
std::string content_of(const Entry& entry);

// The columns that entry_of reads, in their order.
inline constexpr const char* kEntryColumns =
    "entry, fact, sheet, line, place, shelter, withdrawn, corrected, contradictory, written, written_under, "
    "content";
Entry entry_of(const store::Cursor& row);

bool has_entry(store::Connection& connection, const EntryId& id, bool& withdrawn);

// Where an entry stands on a sheet.
struct Place {
  EntryId entry;
  std::uint64_t line = 0;
  std::uint32_t index = 0;
};
std::vector<Place> places_on(store::Connection& connection, const SheetId& sheet);

struct ImportedSheet {
  SheetImported sheet;  // without `again`
  HybridTime imported;
  GrantId imported_under;
};
std::optional<ImportedSheet> find_sheet(store::Connection& connection, const SheetId& id);
std::vector<ImportedSheet> sheets(store::Connection& connection);  // in the order of import

}  // namespace sonae::reception

#include "town/reception/entries.h"

#include <map>
#include <set>

#include "base/json_text.h"

namespace sonae::reception {

namespace {

struct Content {
  std::vector<FactId> standing;
  std::string raw;
  std::string written_id;
  Person person;
  std::vector<Remark> remarks;
  std::optional<Received> received;
  Since since;
  std::string room;
};
BOOST_DESCRIBE_STRUCT(Content, (), (standing, raw, written_id, person, remarks, received, since, room))

ImportedSheet sheet_of(const store::Cursor& row) {
  ImportedSheet sheet;
  sheet.sheet = from_json_text<SheetImported>(row.text(0)).value();
  sheet.imported = parse_hybrid_time(row.text(1)).value();
  sheet.imported_under = row.id<GrantId>(2);
  return sheet;
}

}  // namespace

std::string content_of(const Entry& entry) {
  return to_json_text(Content{entry.standing, entry.raw, entry.written_id, entry.person, entry.remarks,
                              entry.received, entry.since, entry.room});
}

Entry entry_of(const store::Cursor& row) {
  Entry entry;
  entry.entry = row.id<EntryId>(0);
  entry.fact = row.id<FactId>(1);
  if (!row.is_null(2)) entry.sheet = row.id<SheetId>(2);
  entry.line = static_cast<std::uint64_t>(row.integer(3));
  entry.index = static_cast<std::uint32_t>(row.integer(4));
  entry.shelter = row.string(5);
  entry.withdrawn = row.integer(6) != 0;
  entry.corrected = row.integer(7) != 0;
  entry.contradictory = row.integer(8) != 0;
  entry.written = parse_hybrid_time(row.text(9)).value();
  entry.written_under = row.id<GrantId>(10);
  auto content = read_json_text<Content>(row.text(11)).value();  // the view wrote it
  entry.standing = std::move(content.standing);
  entry.raw = std::move(content.raw);
  entry.written_id = std::move(content.written_id);
  entry.person = std::move(content.person);
  entry.remarks = std::move(content.remarks);
  entry.received = std::move(content.received);
  entry.since = std::move(content.since);
  entry.room = std::move(content.room);
  return entry;
}

bool has_entry(store::Connection& connection, const EntryId& id, bool& withdrawn) {
  const auto row = connection.query("SELECT withdrawn FROM reception_entry WHERE entry = $1", id);
  if (!row->next()) return false;
  withdrawn = row->integer(0) != 0;
  return true;
}

std::optional<Entry> find_entry(store::Connection& connection, const EntryId& id) {
  const auto row =
      connection.query(std::string("SELECT ") + kEntryColumns + " FROM reception_entry WHERE entry = $1", id);
  if (!row->next()) return std::nullopt;
  return entry_of(*row);
}

void for_each_entry(store::Connection& connection, const std::function<void(const Entry&)>& visit) {
  const auto row =
      connection.query(std::string("SELECT ") + kEntryColumns +
                       " FROM reception_entry WHERE withdrawn = 0 ORDER BY sheet, line, place, entry");
  while (row->next())
    visit(entry_of(*row));
}

void for_each_entry_of(store::Connection& connection, const std::string& shelter,
                       const std::function<void(const Entry&)>& visit) {
  const auto row = connection.query(
      std::string("SELECT ") + kEntryColumns +
          " FROM reception_entry WHERE withdrawn = 0 AND shelter = $1 ORDER BY sheet, line, place, entry",
      shelter);
  while (row->next())
    visit(entry_of(*row));
}

std::vector<Place> places_on(store::Connection& connection, const SheetId& sheet) {
  std::vector<Place> places;
  const auto row = connection.query(
      "SELECT entry, line, place FROM reception_entry WHERE sheet = $1 "
      "UNION SELECT entry, line, place FROM reception_place WHERE sheet = $2 "
      "UNION SELECT entry, line, place FROM reception_again WHERE sheet = $3 ORDER BY 2, 3, 1",
      sheet, sheet, sheet);
  while (row->next())
    places.push_back({row->id<EntryId>(0), static_cast<std::uint64_t>(row->integer(1)),
                      static_cast<std::uint32_t>(row->integer(2))});
  return places;
}

std::optional<ImportedSheet> find_sheet(store::Connection& connection, const SheetId& id) {
  const auto row =
      connection.query("SELECT content, imported, imported_under FROM reception_sheet WHERE sheet = $1", id);
  if (!row->next()) return std::nullopt;
  return sheet_of(*row);
}

std::vector<ImportedSheet> sheets(store::Connection& connection) {
  std::vector<ImportedSheet> all;
  const auto row = connection.query(
      "SELECT content, imported, imported_under FROM reception_sheet ORDER BY imported, sheet");
  while (row->next())
    all.push_back(sheet_of(*row));
  return all;
}

std::vector<Shelter> shelters(store::Connection& connection) {
  std::map<std::string, Shelter> by_name;
  const auto opened = connection.query(
      "SELECT name, address, longitude, latitude FROM reception_shelter ORDER BY name, fact");
  while (opened->next()) {
    Shelter& shelter = by_name[opened->string(0)];
    shelter.name = opened->string(0);
    shelter.opened = true;
    shelter.address = opened->string(1);
    if (!opened->is_null(2)) shelter.longitude = opened->real(2);
    if (!opened->is_null(3)) shelter.latitude = opened->real(3);
  }
  const auto counted =
      connection.query("SELECT shelter, COUNT(*) FROM reception_entry WHERE withdrawn = 0 GROUP BY shelter");
  while (counted->next()) {
    by_name[counted->string(0)].name = counted->string(0);
    by_name[counted->string(0)].entries = counted->integer(1);
  }
  const auto sheets = connection.query("SELECT shelter, COUNT(*) FROM reception_sheet GROUP BY shelter");
  while (sheets->next()) {
    by_name[sheets->string(0)].name = sheets->string(0);
    by_name[sheets->string(0)].sheets = sheets->integer(1);
  }
  std::vector<Shelter> all;
  for (auto& [name, shelter] : by_name)
    all.push_back(std::move(shelter));
  return all;
}

}  // namespace sonae::reception

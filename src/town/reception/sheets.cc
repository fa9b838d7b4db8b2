// Lists of sheets, a sheet as it was written beside what was understood, and the lines that were set aside.
#include <algorithm>
#include <map>

#include "base/csv.h"
#include "town/reception/entries.h"
#include "town/reception/inside.h"

namespace sonae::reception {

namespace {

std::unexpected<Error> no_such_sheet() {
  return fail(ErrorCode::not_found, {"この名簿はありません", "There is no such list"});
}

}  // namespace

SheetSummary summary_of(const ImportedSheet& imported) {
  const SheetImported& sheet = imported.sheet;
  SheetSummary summary;
  summary.sheet = sheet.sheet;
  summary.file_name = sheet.file_name;
  summary.shelter = sheet.shelter;
  summary.written_on = sheet.written_on;
  summary.imported = imported.imported.wall;
  summary.encoding = sheet.encoding;
  summary.rows = sheet.rows;
  summary.persons = sheet.entries;
  summary.set_aside = std::ranges::count(sheet.other_lines, LineKind::set_aside, &OtherLine::kind);
  return summary;
}

Result<SheetList> Reception::Inside::list_sheets(api::Call&) const {
  SheetList list;
  for (const ImportedSheet& sheet : sheets(*town.journal().reader()))
    list.sheets.push_back(summary_of(sheet));
  std::ranges::reverse(list.sheets);
  return list;
}

Result<SheetAnswer> Reception::Inside::sheet(api::Call& call, const SheetRequest& request) const {
  const auto connection = town.journal().reader();
  const auto imported = find_sheet(*connection, request.sheet);
  if (!imported) return no_such_sheet();
  const std::set<EntryId> hidden = hidden_from(call, *connection);
  std::map<std::uint64_t, SheetRow> rows;
  for (const OtherLine& other : imported->sheet.other_lines) {
    SheetRow& row = rows[other.line];
    row.line = other.line;
    row.raw = other.raw;
    row.kind = other.kind;
    row.remarks = in_words(other.remarks, static_cast<std::int64_t>(other.line), call.language);
  }
  std::vector<std::string> shown;
  std::set<std::uint64_t> lines_hidden;
  for (const Place& place : places_on(*connection, request.sheet)) {
    // A line with a hidden person on it is not shown at all: the name stands in its raw text.
    if (hidden.contains(place.entry)) lines_hidden.insert(place.line);
    auto entry = find_entry(*connection, place.entry);
    if (!entry) continue;
    SheetRow& row = rows[place.line];
    row.line = place.line;
    row.raw = entry->raw;
    for (const Remark& remark : entry->remarks)
      row.remarks.push_back(in_words(remark, static_cast<std::int64_t>(place.line), call.language));
    row.entries.push_back(std::move(*entry));
  }
  SheetAnswer answer;
  answer.summary = summary_of(*imported);
  answer.columns = imported->sheet.columns;
  answer.remarks = in_words(imported->sheet.remarks, 0, call.language);
  for (auto& [line, row] : rows) {
    if (lines_hidden.contains(line)) {
      answer.summary.persons -= static_cast<std::int64_t>(row.entries.size());
      --answer.summary.rows;
      continue;
    }
    for (const Entry& entry : row.entries)
      shown.push_back(access::shown(entry.entry));
    answer.rows.push_back(std::move(row));
  }
  TRY(access.record_look(call, "reception.sheet", std::move(shown)));
  return answer;
}

// The lines under the sheet's own header, so that they can be mended in place and imported again.
Result<api::FileAnswer> Reception::Inside::set_aside(api::Call& call, const SheetRequest& request) const {
  const auto imported = find_sheet(*town.journal().reader(), request.sheet);
  if (!imported) return no_such_sheet();
  std::string text;
  std::int64_t rows = 0;
  const auto header = std::ranges::find(imported->sheet.other_lines, LineKind::header, &OtherLine::kind);
  if (header != imported->sheet.other_lines.end()) text += header->raw + "\r\n";
  for (const OtherLine& line : imported->sheet.other_lines) {
    if (line.kind != LineKind::set_aside) continue;
    text += line.raw + "\r\n";
    ++rows;
  }
  const std::string content = "\xEF\xBB\xBF" + text;  // spreadsheets take UTF-8 by this mark
  TRY(access.record_export(call, "reception.set_aside", rows, sha256(content), {}));
  if (call.output != nullptr) TRY(call.output->write(content));
  return api::FileAnswer{"set_aside_" + imported->sheet.sheet.text().substr(0, 8) + ".csv",
                         "text/csv; charset=utf-8", rows};
}

}  // namespace sonae::reception

// Importing a list: read, compared with what is here, written in batches that are each acknowledged.
#include <algorithm>

#include "town/reception/entries.h"
#include "town/reception/ids.h"
#include "town/reception/inside.h"
#include "town/reception/note_cell.h"
#include "town/reception/sheet_reader.h"

namespace sonae::reception {

namespace {

constexpr std::size_t kLargestFile = 64U << 20U;
constexpr std::size_t kEntriesInOneBatch = 2000;
constexpr std::size_t kRemarksTold = 200;

const Phrase kWriting{"名簿を記録しています", "Recording the list"};

// What an import found on the sheet, and what of it is new.
struct Sorted {
  std::vector<EntryWritten> new_entries;
  std::vector<WrittenBefore> again;
};

Sorted sort_out(store::Connection& connection, ReadSheet& sheet, const SheetId& id,
                const std::string& shelter) {
  Sorted sorted;
  EntryIds ids;
  for (SheetLine& line : sheet.lines) {
    if (line.persons.empty()) continue;
    const std::string& at = line.shelter.empty() ? shelter : line.shelter;
    ids.begin_row(at, line.raw, line.above);
    for (std::uint32_t index = 0; index < line.persons.size(); ++index) {
      const EntryId entry = ids.id(index);
      bool withdrawn = false;
      if (has_entry(connection, entry, withdrawn)) {
        sorted.again.push_back({entry, line.line, index});
        if (withdrawn) add_remark(line.remarks_of[index], remark::withdrawn_before);
        continue;
      }
      EntryWritten written;
      written.entry = entry;
      written.sheet = id;
      written.line = line.line;
      written.index = index;
      written.raw = line.raw;
      written.written_id = line.written_id;
      written.shelter = at;
      written.person = line.persons[index];
      written.remarks = line.remarks_of[index];
      sorted.new_entries.push_back(std::move(written));
    }
  }
  return sorted;
}

SheetImported sheet_fact(const ReadSheet& sheet, const ImportReport& report, const Hash& digest,
                         const Hash& content, const Sorted& sorted) {
  SheetImported fact;
  fact.sheet = report.sheet;
  fact.file_name = report.file_name;
  fact.digest = digest;
  fact.content = content;
  fact.encoding = report.encoding;
  fact.shelter = report.shelter;
  fact.written_on = report.written_on;
  fact.rows = report.rows;
  fact.entries = report.persons;
  fact.columns = report.columns;
  fact.remarks = sheet.remarks;
  fact.again = sorted.again;
  for (const SheetLine& line : sheet.lines)
    if (line.kind) fact.other_lines.push_back({line.line, *line.kind, line.raw, line.remarks});
  return fact;
}

void count_remark(ImportReport& report, const Remark& remark, std::int64_t line, Language language) {
  LineRemark words = in_words(remark, line, language);
  auto found = std::ranges::find(report.remark_counts, remark.code, &RemarkCount::code);
  if (found == report.remark_counts.end()) {
    report.remark_counts.push_back({remark.code, words.weight, words.what, 0});
    found = report.remark_counts.end() - 1;
  }
  ++found->count;
  if (words.weight != Weight::told && report.remarks.size() < kRemarksTold)
    report.remarks.push_back(std::move(words));
}

void tell(ImportReport& report, const ReadSheet& sheet, Language language) {
  for (const Remark& remark : sheet.remarks)
    count_remark(report, remark, 0, language);
  for (const SheetLine& line : sheet.lines) {
    if (line.kind == LineKind::set_aside) ++report.set_aside;
    for (const Remark& remark : line.remarks)
      count_remark(report, remark, static_cast<std::int64_t>(line.line), language);
    for (std::size_t i = 0; i < line.persons.size(); ++i) {
      if (line.persons[i].name.empty()) ++report.unnamed;
      for (const Remark& remark : line.remarks_of[i])
        count_remark(report, remark, static_cast<std::int64_t>(line.line), language);
    }
  }
  std::ranges::sort(report.remark_counts, [](const RemarkCount& one, const RemarkCount& other) {
    return std::tie(other.weight, one.code) < std::tie(one.weight, other.code);  // the gravest first
  });
}

}  // namespace

Result<ImportReport> Reception::Inside::import(api::Call& call, const ImportRequest& request) {
  if (!vocabulary_status) return std::unexpected(vocabulary_status.error());
  if (!call.file)
    return fail(ErrorCode::invalid_input, {"名簿のファイルがありません", "There is no file with the list"});
  if (call.file->content.size() > kLargestFile)
    return fail(ErrorCode::too_large, {"名簿は64 MBまでです", "A list may have 64 MB at most"},
                call.file->name);

  ReadOptions options;
  options.file_name = call.file->name.substr(call.file->name.find_last_of("/\\") + 1);
  options.as_of = request.written_on;
  options.today = town.today();
  options.tables = &town.tables();
  options.gazetteer = &town.gazetteer();
  ReadSheet sheet = read_sheet(*vocabulary, call.file->content, options);

  const Hash digest = sha256(call.file->content);
  ImportReport report;
  report.file_name = options.file_name;
  report.shelter = request.shelter.value_or(sheet.shelter);
  report.sheet = sheet_id(digest, report.shelter);
  report.written_on = request.written_on ? request.written_on : sheet.written_on;
  report.encoding = sheet.encoding;
  for (const Column column : sheet.columns)
    report.columns.emplace_back(boost::describe::enum_to_string(column, ""));
  report.rows = static_cast<std::int64_t>(sheet.lines.size());
  report.persons = static_cast<std::int64_t>(sheet.persons());
  if (sheet.lines.empty())
    return fail(ErrorCode::invalid_input, {"ファイルに何も書かれていません", "There is nothing in the file"},
                report.file_name);

  const auto connection = town.journal().reader();
  const bool known = find_sheet(*connection, report.sheet).has_value();
  if (report.shelter.empty()) add_remark(sheet.remarks, remark::shelter_unknown);
  const auto elsewhere =
      connection->query("SELECT COUNT(*) FROM reception_sheet WHERE digest = $1 AND sheet <> $2",
                        store::Blob{digest.bytes()}, report.sheet);
  if (elsewhere->next() && elsewhere->integer(0) > 0) add_remark(sheet.remarks, remark::same_file_elsewhere);
  Sorted sorted = sort_out(*connection, sheet, report.sheet, report.shelter);
  report.new_entries = static_cast<std::int64_t>(sorted.new_entries.size());
  report.written_before = static_cast<std::int64_t>(sorted.again.size());
  tell(report, sheet, call.language);
  if (known && sorted.new_entries.empty()) {
    TRY(town.journal().settle());
    report.unchanged = true;
    return report;
  }

  // The sheet comes with the first batch: where the rest is lost, importing the file again writes the rest.
  std::size_t done = 0;
  do {
    journal::Batch batch;
    if (done == 0 && !known) {
      batch.blobs.push_back(call.file->content);
      batch.drafts.push_back(journal::draft(
          journal::Stream::urgent, "reception.sheet_imported", {{"sheet", report.sheet.text()}},
          call.actor.grant,
          sheet_fact(sheet, report, digest, town.journal().address_of(call.file->content), sorted)));
    }
    const std::size_t end = std::min(done + kEntriesInOneBatch, sorted.new_entries.size());
    for (std::size_t i = done; i < end; ++i)
      batch.drafts.push_back(journal::draft(journal::Stream::urgent, "reception.entry_written",
                                            {{"entry", sorted.new_entries[i].entry.text()}}, call.actor.grant,
                                            sorted.new_entries[i]));
    const auto receipts = TRY(town.journal().append(std::move(batch)));
    if (report.receipts.empty()) report.receipts.push_back(receipts.front().fact.text());
    report.receipts.resize(1);
    report.receipts.push_back(receipts.back().fact.text());
    done = end;
    call.progress.report(kWriting, done, sorted.new_entries.size());
    if (call.progress.stop_requested() && done < sorted.new_entries.size())
      return fail(ErrorCode::cancelled, {"途中で止めました。もう一度取り込むと残りが入ります",
                                         "Stopped on the way: importing the file again adds the rest"});
  } while (done < sorted.new_entries.size());
  TRY(changed(call));
  return report;
}

}  // namespace sonae::reception

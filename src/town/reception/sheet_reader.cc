#include "town/reception/sheet_reader.h"

#include <algorithm>
#include <ranges>
#include <set>

#include "base/csv.h"
#include "text/encoding.h"
#include "town/reception/cell.h"
#include "town/reception/columns.h"
#include "town/reception/ditto.h"
#include "town/reception/note_cell.h"
#include "town/reception/other_lines.h"
#include "town/reception/remarks.h"
#include "town/reception/row_reader.h"

namespace sonae::reception {

namespace {

constexpr std::size_t kHeaderWithin = 20;  // rows from the top

struct Record {
  std::uint64_t line = 0;
  std::string raw;
  std::vector<std::string> texts;
  bool broken = false;  // a quotation that is not closed

  Cells cells() const { return {texts.begin(), texts.end()}; }
  bool empty() const {
    return !broken && std::ranges::all_of(texts, [](const std::string& text) { return trim(text).empty(); });
  }
};

// Lines as every reader of CSV knows them: old Macintosh files end theirs with a lone return.
std::string with_line_feeds(std::string text) {
  if (text.find('\n') == std::string::npos) std::ranges::replace(text, '\r', '\n');
  return text;
}

// The lines of the text from `first` on, as many as there are line breaks in `record`, and one.
std::string written_lines(const std::vector<std::string_view>& lines, std::uint64_t first,
                          std::string_view record) {
  const auto more = static_cast<std::uint64_t>(std::ranges::count(record, '\n'));
  std::string raw;
  for (std::uint64_t i = first; i <= first + more && i <= lines.size(); ++i) {
    std::string_view line = lines[i - 1];
    if (line.ends_with('\r')) line.remove_suffix(1);
    raw += (i > first ? "\n" : "") + std::string(line);
  }
  return raw;
}

std::vector<Record> records_of(const std::string& text) {
  std::vector<std::string_view> lines;
  for (const auto line : std::views::split(text, '\n'))
    lines.emplace_back(line.begin(), line.end());
  const std::string mended = mend_ditto_quotes(text);
  std::vector<Record> records;
  CsvReader reader(mended);
  for (;;) {
    const Result<bool> more = reader.next();
    if (more && !*more) break;
    Record record;
    record.line = reader.line();
    record.broken = !more;
    record.raw = written_lines(lines, record.line, more ? reader.raw() : std::string_view{});
    if (more)
      for (const std::string_view cell : reader.cells())
        record.texts.emplace_back(cell);
    if (!record.empty()) records.push_back(std::move(record));
  }
  return records;
}

class SheetReader {
 public:
  SheetReader(const Vocabulary& vocabulary, const ReadOptions& options, ReadSheet& sheet,
              const std::vector<Record>& records)
      : vocabulary_(vocabulary), options_(options), sheet_(sheet), records_(records) {}

  void read() {
    const std::size_t first = find_header();
    read_titles(first);
    RowReader rows(vocabulary_, options_.as_of.value_or(sheet_.written_on.value_or(options_.today)),
                   options_.today);
    rows.set_columns(sheet_.columns);
    if (!sheet_.has_header) add_remark(sheet_.remarks, remark::no_header);
    for (std::size_t i = first; i < records_.size(); ++i)
      read_record(i, rows);
  }

 private:
  // The index of the first record behind the titles: the header, or the first row where there is none.
  std::size_t find_header() {
    for (std::size_t i = 0; i < std::min(records_.size(), kHeaderWithin); ++i) {
      if (auto columns = read_header(vocabulary_, records_[i].cells())) {
        sheet_.columns = std::move(*columns);
        sheet_.has_header = true;
        for (const std::string& text : records_[i].texts)
          header_.emplace(trim(text));
        return i;
      }
    }
    // Without header: titles are the rows at the top with one cell, where others have several.
    std::size_t width = 0;
    for (const Record& record : records_)
      width = std::max(width, written_cells(record));
    std::size_t first = 0;
    while (first < records_.size() && width > 1 && written_cells(records_[first]) == 1 &&
           !vocabulary_starts_person(records_[first]))
      ++first;
    std::vector<Cells> rows;
    for (std::size_t i = first; i < records_.size(); ++i)
      if (!read_total(records_[i].cells())) rows.push_back(records_[i].cells());
    sheet_.columns = guess_columns(vocabulary_, options_.tables, options_.gazetteer, options_.today, rows);
    return first;
  }

  // Whether at least half of the cells stand in the header too: cheaper than asking what each could mean.
  bool repeats_header(const Record& record) const {
    const auto known = std::ranges::count_if(record.texts, [&](const std::string& text) {
      return !trim(text).empty() && header_.contains(trim(text));
    });
    return known > 0 && static_cast<std::size_t>(known) * 2 >= written_cells(record);
  }

  static std::size_t written_cells(const Record& record) {
    return static_cast<std::size_t>(
        std::ranges::count_if(record.texts, [](const std::string& text) { return !trim(text).empty(); }));
  }

  // A row with one cell that begins with a surname may be a person without further items.
  bool vocabulary_starts_person(const Record& record) const {
    for (const std::string& text : record.texts)
      if (!trim(text).empty()) {
        const Title title = read_title(text, options_.today);
        return title.shelter.empty() && !title.date && !vocabulary_.surname_of(trim(text)).empty();
      }
    return false;
  }

  void read_titles(std::size_t first) {
    for (std::size_t i = 0; i < first; ++i) {
      SheetLine& line = add_line(records_[i], LineKind::title);
      add_remark(line.remarks, remark::not_on_list);
      take_title(records_[i].raw);
    }
    take_title(options_.file_name.substr(0, options_.file_name.rfind('.')));
  }

  void take_title(std::string_view text) {
    const Title title = read_title(text, options_.today);
    if (sheet_.shelter.empty()) sheet_.shelter = title.shelter;
    if (!sheet_.written_on) sheet_.written_on = title.date;
  }

  SheetLine& add_line(const Record& record, std::optional<LineKind> kind) {
    SheetLine line;
    line.line = record.line;
    line.raw = record.raw;
    line.kind = kind;
    sheet_.lines.push_back(std::move(line));
    return sheet_.lines.back();
  }

  void read_record(std::size_t at, RowReader& rows) {
    const Record& record = records_[at];
    const Cells cells = record.cells();
    if (record.broken) {
      add_remark(add_line(record, LineKind::set_aside).remarks, remark::quotes_unclosed);
      return;
    }
    if (auto columns = repeats_header(record) ? read_header(vocabulary_, cells) : std::nullopt) {
      rows.set_columns(std::move(*columns));  // the header, or the next page's
      add_line(record, LineKind::header);
      return;
    }
    if (const auto total = read_total(cells)) {
      SheetLine& line = add_line(record, LineKind::total);
      const auto read = static_cast<int>(sheet_.persons());
      if (total->people && !total->partial && *total->people != read) {
        add_remark(line.remarks, remark::total_differs, std::to_string(*total->people));
        add_remark(sheet_.remarks, remark::total_differs, std::to_string(*total->people));
      }
      return;
    }
    if (is_section(vocabulary_, cells)) {
      add_line(record, LineKind::section);
      return;
    }
    if (is_unfilled(cells, rows.columns())) {
      add_line(record, LineKind::unfilled);
      return;
    }
    rows.next_row_counts_nobody(people_are_merged(at, rows.columns()));
    rows.read(cells, add_line(record, std::nullopt));
  }

  // Whether the next row has a name and no number of people where this row has one.
  bool people_are_merged(std::size_t at, const std::vector<Column>& columns) const {
    const auto people = std::ranges::find(columns, Column::people) - columns.begin();
    const auto column = static_cast<std::size_t>(people);
    if (column >= columns.size() || at + 1 >= records_.size()) return false;
    const Record& next = records_[at + 1];
    const auto cell = [&](const Record& record) {
      return column < record.texts.size() ? trim(record.texts[column]) : std::string_view{};
    };
    return !cell(records_[at]).empty() && (cell(next).empty() || is_ditto(cell(next))) &&
           !read_total(next.cells()) && !is_section(vocabulary_, next.cells()) &&
           !is_unfilled(next.cells(), columns);
  }

  const Vocabulary& vocabulary_;
  const ReadOptions& options_;
  ReadSheet& sheet_;
  const std::vector<Record>& records_;
  std::set<std::string, std::less<>> header_;  // its cells
};

}  // namespace

ReadSheet read_sheet(const Vocabulary& vocabulary, BytesView content, const ReadOptions& options) {
  ReadSheet sheet;
  text::Decoded decoded = text::decode(content);
  sheet.encoding = text::name_of(decoded.encoding);
  if (!decoded.oddities.empty() && std::ranges::any_of(decoded.oddities, [](const text::Oddity& oddity) {
        return oddity.kind == text::Oddity::Kind::undecodable;
      }))
    add_remark(sheet.remarks, remark::characters_lost);
  const std::string text = with_line_feeds(std::move(decoded.text));
  const std::vector<Record> records = records_of(text);
  SheetReader(vocabulary, options, sheet, records).read();
  return sheet;
}

}  // namespace sonae::reception

#include "town/registry/set_aside.h"

#include "base/csv.h"

namespace sonae::registry {
namespace {

constexpr std::string_view kSetAsideFormat = "sonae registry lines set aside 1";

// A refused line as it stands in the blob: bytes are no text, so they stand as base64.
struct StoredLine {
  std::int64_t line = 0;
  std::string bytes;
  std::vector<Problem> problems;
};
BOOST_DESCRIBE_STRUCT(StoredLine, (), (line, bytes, problems))

struct Head {
  std::string format;
  std::string layout;
};
BOOST_DESCRIBE_STRUCT(Head, (), (format, layout))

}  // namespace

Bytes write_set_aside(std::string_view layout, const std::vector<RefusedLine>& lines) {
  Bytes blob = to_text(to_json(Head{std::string(kSetAsideFormat), std::string(layout)})) + "\n";
  for (const RefusedLine& line : lines)
    blob += to_text(to_json(StoredLine{static_cast<std::int64_t>(line.file_line), to_base64(line.bytes),
                                       line.problems})) +
            "\n";
  return blob;
}

Result<std::vector<RefusedLine>> read_set_aside(BytesView blob) {
  std::vector<RefusedLine> lines;
  bool first = true;
  while (!blob.empty()) {
    const std::size_t end = blob.find('\n');
    const BytesView text = blob.substr(0, end);
    blob.remove_prefix(end == BytesView::npos ? blob.size() : end + 1);
    if (first) {
      const Head head = TRY(from_json_text<Head>(text));
      if (head.format != kSetAsideFormat)
        return fail(ErrorCode::corrupt, {"取り置いた行ではありません", "These are not lines set aside"});
      first = false;
      continue;
    }
    StoredLine stored = TRY(from_json_text<StoredLine>(text));
    lines.push_back({static_cast<std::uint64_t>(stored.line), TRY(from_base64(stored.bytes)),
                     std::move(stored.problems)});
  }
  return lines;
}

Bytes set_aside_file(const FileForm& form, const std::vector<RefusedLine>& lines) {
  const auto encoding = form.encoding == "cp932"       ? text::Encoding::cp932
                        : form.encoding == "utf-8-bom" ? text::Encoding::utf8_with_mark
                                                       : text::Encoding::utf8;
  Bytes file = text::encode(form.header, encoding).bytes;
  if (form.header.empty() && encoding == text::Encoding::utf8_with_mark) file = "\xEF\xBB\xBF";
  for (const RefusedLine& line : lines) {
    file += line.bytes;
    if (!line.bytes.ends_with('\n')) file += form.line_end;
  }
  return file;
}

Bytes set_aside_report(const std::vector<RefusedLine>& lines, Language language) {
  const bool japanese = language == Language::japanese;
  CsvWriter table;
  table.text() = "\xEF\xBB\xBF";  // spreadsheets take it for UTF-8 then
  table.record(japanese ? std::vector<std::string>{"行", "項目", "問題", "すること"}
                        : std::vector<std::string>{"line", "item", "problem", "what to do"});
  for (const RefusedLine& line : lines)
    for (const Problem& problem : line.problems) {
      if (problem.warning) continue;
      const LineProblem said = line_problem(line.file_line, problem, language);
      table.record({std::to_string(said.line), spreadsheet_safe(said.item), said.problem, said.advice});
    }
  return std::move(table.text());
}

LineProblem line_problem(std::uint64_t line, const Problem& problem, Language language) {
  return {static_cast<std::int64_t>(line), problem.item, what(problem).in(language),
          what_to_do(problem).in(language)};
}

}  // namespace sonae::registry

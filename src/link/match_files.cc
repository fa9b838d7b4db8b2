#include "link/match_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/csv.h"

namespace sonae::link {
namespace {

constexpr std::uint64_t kReportEvery = 20000;  // lines

// Calls use(cells, line) for each line after the header; lines that cannot be read are reported.
template <class Use>
Status for_each_line(std::string_view content, Layout layout, const std::string& file,
                     std::vector<BadLine>& bad, Progress& progress, const Phrase& step, Use&& use) {
  CsvReader reader(content);
  Result<bool> header = reader.next();
  if (!header) return std::unexpected(header.error());
  if (!*header) return fail(ErrorCode::invalid_input, {"ファイルが空です", "The file is empty"}, file);
  const Columns columns = TRY(Columns::read(reader.cells(), layout, file));
  const std::size_t width = reader.cells().size();
  for (std::uint64_t lines = 1;; ++lines) {
    const Result<bool> more = reader.next();
    if (!more) {
      bad.push_back({file, reader.line(), "", more.error().what});
      continue;
    }
    if (!*more) return {};
    if (reader.cells().size() != width)
      bad.push_back(
          {file, reader.line(), "", {"列の数が見出しと違います", "Not as many columns as in the header"}});
    use(columns, reader.cells(), reader.line());
    if (lines % kReportEvery == 0) {
      progress.report(step, reader.offset(), reader.size());
      if (progress.stop_requested())
        return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"});
    }
  }
}

Result<Registry> read_registry(Env& env, const MatchFilesOptions& options, MatchFilesReport& report,
                               Progress& progress) {
  RegistryBuilder builder(options.context);
  if (options.residents) {
    auto bad = TRY(options.residents([&](const Record& resident) { builder.add(resident); }));
    std::ranges::move(bad, std::back_inserter(report.bad_lines));
    return builder.finish(options.match.threads);
  }
  const auto content = TRY(env.disk.map(options.registry));
  const Phrase step{"住民を読んでいます", "Reading the residents"};
  TRY(for_each_line(
      content->bytes(), Layout::residents, options.registry, report.bad_lines, progress, step,
      [&](const Columns& columns, const auto& cells, std::uint64_t line) {
        const Record resident =
            columns.record(cells, options.context.today, options.registry, line, report.bad_lines);
        if (resident.id.empty()) {
          report.bad_lines.push_back({options.registry, line, "id", {"番号がありません", "No id"}});
          return;
        }
        builder.add(resident);
      }));
  return builder.finish(options.match.threads);
}

Result<Registry> registry_of(Env& env, const MatchFilesOptions& options, MatchFilesReport& report,
                             Progress& progress) {
  if (!options.index.empty()) {
    if (auto saved = Registry::open(env, options.index, options.context)) return std::move(*saved);
  }
  Registry registry = TRY(read_registry(env, options, report, progress));
  if (!options.index.empty()) TRY(registry.save(env, options.index));
  return registry;
}

// The texts of a row that outlive the line it was read from: cells may lie in the reader's own buffer.
Record kept(const Record& row, std::deque<std::string>& texts) {
  Record copy = row;
  for (std::string_view Record::* field :
       {&Record::id, &Record::household, &Record::name, &Record::family_name, &Record::given_name,
        &Record::kana, &Record::postcode, &Record::address, &Record::phone, &Record::note}) {
    if ((copy.*field).empty()) continue;
    texts.emplace_back(copy.*field);
    copy.*field = texts.back();
  }
  return copy;
}

std::string in_three_places(double probability) {
  return fmt::format("{:.4f}", std::floor(probability * 1e4) / 1e4);
}

}  // namespace

Result<MatchFilesReport> match_files(Env& env, const MatchFilesOptions& options, Progress& progress) {
  MatchFilesReport report;
  auto seconds = [&, begin = env.clock.monotonic_microseconds()]() mutable {
    const std::int64_t now = env.clock.monotonic_microseconds();
    return static_cast<double>(now - std::exchange(begin, now)) / 1e6;
  };
  const auto list = TRY(env.disk.map(options.list));
  const Registry registry = TRY(registry_of(env, options, report, progress));
  report.residents = registry.size();
  report.load_seconds = seconds();

  std::deque<std::string> texts;
  std::vector<Record> rows;
  TRY(for_each_line(
      list->bytes(), Layout::rows, options.list, report.bad_lines, progress,
      {"名簿を読んでいます", "Reading the list"},
      [&](const Columns& columns, const auto& cells, std::uint64_t line) {
        const Record row = columns.record(cells, options.context.today, options.list, line, report.bad_lines);
        if (row.id.empty())
          report.bad_lines.push_back({options.list, line, "entry_id", {"番号がありません", "No id"}});
        rows.push_back(kept(row, texts));
      }));
  Matcher matcher(registry, options.weights, options.match);
  const std::vector<Answer> answers = matcher.match_all(rows, progress);
  report.rows = rows.size();

  CsvWriter out("\n");
  out.record({"entry_id", "decision", "resident_id", "probability", "reasons", "alternatives"});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Answer& answer = answers[i];
    report.matched += answer.decision == Decision::match;
    report.asked += answer.decision == Decision::ask;
    report.none += answer.decision == Decision::none;
    std::string reasons = in_words(answer.reasons, options.language);
    if (!answer.what_would_settle.empty())
      reasons += (options.language == Language::japanese ? "。" : ". ") +
                 answer.what_would_settle.in(options.language);
    if (answer.same_as_row)
      reasons += (options.language == Language::japanese ? "。同じ人と思われる行: "
                                                         : ". Seems to be the person of row ") +
                 std::string(rows[*answer.same_as_row].id);
    std::string alternatives;
    for (const Candidate& other : answer.alternatives) {
      if (!alternatives.empty()) alternatives += ' ';
      alternatives += other.resident + ":" + in_three_places(other.probability);
    }
    out.cell(rows[i].id);
    out.cell(name_of(answer.decision));
    out.cell(answer.resident);
    out.cell(answer.decision == Decision::none ? "" : in_three_places(answer.probability));
    out.cell(reasons);
    out.cell(alternatives);
    out.end_record();
  }
  TRY(env.disk.write_whole(options.out, out.text()));
  report.match_seconds = seconds();
  return report;
}

}  // namespace sonae::link

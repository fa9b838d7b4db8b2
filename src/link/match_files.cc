#include "link/match_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "base/csv.h"
#include "link/csv_pieces.h"
#include "link/keys.h"
#include "link/parallel.h"
#include "link/text_file.h"

namespace sonae::link {
namespace {

constexpr std::uint64_t kReportEvery = 20000;  // lines

std::unexpected<Error> stopped() {
  return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"});
}

// Calls use(cells, line) for each line of a piece; lines that cannot be read are reported. Only one piece of
// a file tells its progress.
template <class Use>
Status for_each_line(const CsvPiece& piece, const Columns& columns, const std::string& file,
                     std::vector<BadLine>& bad, Progress* progress, const Phrase& step, Use&& use) {
  CsvReader reader(piece.content);
  bool header = piece.has_header;
  for (std::uint64_t lines = 1;; ++lines) {
    const Result<bool> more = reader.next();
    const std::uint64_t line = reader.line() + piece.lines_before;
    if (!more) {
      bad.push_back({file, line, "", more.error().what});
      continue;
    }
    if (!*more) return {};
    if (std::exchange(header, false)) continue;
    if (reader.cells().size() != columns.width())
      bad.push_back({file, line, "", {"列の数が見出しと違います", "Not as many columns as in the header"}});
    use(reader.cells(), line);
    if (progress && lines % kReportEvery == 0) {
      progress->report(step, reader.offset(), reader.size());
      if (progress->stop_requested()) return stopped();
    }
  }
}

Result<Columns> columns_of(std::string_view content, Layout layout, const std::string& file) {
  CsvReader reader(content);
  const Result<bool> header = reader.next();
  if (!header) return std::unexpected(header.error());
  if (!*header) return fail(ErrorCode::invalid_input, {"ファイルが空です", "The file is empty"}, file);
  return Columns::read(reader.cells(), layout, file);
}

// `rows`: whom it is to answer alone, where it is not kept.
Result<Registry> read_registry(Env& env, const MatchFilesOptions& options, std::span<const Record> rows,
                               MatchFilesReport& report, Progress& progress) {
  const unsigned threads = std::max(1U, options.match.threads);
  const auto finish = [&](RegistryBuilder& builder) {
    if (!options.index.empty()) return builder.finish(threads);
    return builder.finish_for(rows, options.match.as_of.value_or(options.context.today), threads);
  };
  if (options.residents) {
    RegistryBuilder builder(options.context);
    auto bad = TRY(options.residents([&](const Record& resident) { builder.add(resident); }));
    std::ranges::move(bad, std::back_inserter(report.bad_lines));
    return finish(builder);
  }
  const TextFile content = TRY(TextFile::open(env, options.registry));
  const Columns columns = TRY(columns_of(content.text(), Layout::residents, options.registry));
  const std::vector<CsvPiece> pieces = csv_pieces(content.text(), threads);
  struct Part {
    RegistryBuilder builder;
    std::vector<BadLine> bad;
    Status status;
  };
  std::vector<Part> parts;
  // The first takes the others over in the end: there is room for all.
  for (const CsvPiece& piece : pieces)
    parts.push_back(
        {RegistryBuilder(options.context, (parts.empty() ? content.text() : piece.content).size() / 120),
         {},
         {}});
  in_blocks(pieces.size(), 1, threads, [&](unsigned thread, std::size_t at, std::size_t) {
    Part& part = parts[at];
    part.status = for_each_line(
        pieces[at], columns, options.registry, part.bad, thread == 0 ? &progress : nullptr,
        {"住民を読んでいます", "Reading the residents"}, [&](const auto& cells, std::uint64_t line) {
          const Record resident =
              columns.record(cells, options.context.today, options.registry, line, part.bad);
          if (resident.id.empty()) {
            part.bad.push_back({options.registry, line, "id", {"番号がありません", "No id"}});
            return;
          }
          part.builder.add(resident);
        });
  });
  for (Part& part : parts) {
    if (!part.status) return std::unexpected(part.status.error());
    std::ranges::move(part.bad, std::back_inserter(report.bad_lines));
    if (&part != &parts.front()) parts.front().builder.append(std::move(part.builder));
  }
  return finish(parts.front().builder);
}

// The hash of every byte of a file, which one thread begins while another still reads the list.
class FileHash {
 public:
  explicit FileHash(std::shared_ptr<const Mapping> file)
      : file_(std::move(file)), pieces_((file_->bytes().size() + kPiece - 1) / kPiece) {}
  ~FileHash() { next_ = pieces_.size(); }  // stops who helps before its thread is waited for

  void begin(unsigned threads) {
    if (threads > 1) helper_ = std::jthread([this] { help(); });
  }
  std::uint64_t finish() {
    help();
    if (helper_.joinable()) helper_.join();
    std::uint64_t hash = file_->bytes().size();
    for (const std::uint64_t piece : pieces_)
      hash = mixed(hash, piece);
    file_.reset();  // its pages are no longer needed
    return hash;
  }

 private:
  static constexpr std::size_t kPiece = 1U << 20;
  void help() {
    for (std::size_t i = next_++; i < pieces_.size(); i = next_++)
      pieces_[i] = hash_text(file_->bytes().substr(i * kPiece, kPiece));
  }

  std::shared_ptr<const Mapping> file_;
  std::vector<std::uint64_t> pieces_;
  std::atomic<std::size_t> next_{0};
  std::jthread helper_;
};

// `hash`: of the registry, where an index is kept.
Result<Registry> registry_of(Env& env, const MatchFilesOptions& options, FileHash* hash,
                             std::span<const Record> rows, MatchFilesReport& report, Progress& progress) {
  if (!hash) return read_registry(env, options, rows, report, progress);
  // What the index was built from: every byte counts, so that a registry that was mended is never matched by
  // the index of the one before.
  const std::uint64_t source = mixed(hash->finish(), hash_text(options.layout));
  auto saved = Registry::open(env, options.index, options.context);
  if (saved && saved->source() == source) {
    report.index = IndexUse::used;
    return std::move(*saved);
  }
  report.index = saved                                        ? IndexUse::renewed
                 : saved.error().code == ErrorCode::not_found ? IndexUse::made
                                                              : IndexUse::replaced;
  Registry registry = TRY(read_registry(env, options, rows, report, progress));
  TRY(registry.save(env, options.index, source));
  return registry;
}

std::string in_three_places(double probability) {
  return fmt::format("{:.4f}", std::floor(probability * 1e4) / 1e4);
}

// One line of the out file, of the row at this place.
void write_answer(std::span<const Record> rows, std::size_t at, const Answer& answer, Language language,
                  CsvWriter& out) {
  std::string reasons = in_words(answer.reasons, language);
  if (!answer.what_would_settle.empty())
    reasons += (language == Language::japanese ? "。" : ". ") + answer.what_would_settle.in(language);
  if (answer.same_as_row)
    reasons +=
        (language == Language::japanese ? "。同じ人と思われる行: " : ". Seems to be the person of row ") +
        std::string(rows[*answer.same_as_row].id);
  std::string alternatives;
  for (const Candidate& other : answer.alternatives) {
    if (!alternatives.empty()) alternatives += ' ';
    alternatives += other.resident + ":" + in_three_places(other.probability);
  }
  out.cell(rows[at].id);
  out.cell(name_of(answer.decision));
  out.cell(answer.resident);
  out.cell(answer.decision == Decision::none ? "" : in_three_places(answer.probability));
  out.cell(reasons);
  out.cell(alternatives);
  out.end_record();
}

}  // namespace

Result<MatchFilesReport> match_files(Env& env, const MatchFilesOptions& options, Progress& progress) {
  MatchFilesReport report;
  auto seconds = [&, begin = env.clock.monotonic_microseconds()]() mutable {
    const std::int64_t now = env.clock.monotonic_microseconds();
    return static_cast<double>(now - std::exchange(begin, now)) / 1e6;
  };
  std::optional<FileHash> hash;
  if (!options.index.empty()) {
    hash.emplace(TRY(env.disk.map(options.registry)));
    hash->begin(options.match.threads);
  }
  const TextFile list = TRY(TextFile::open(env, options.list));

  std::deque<std::string> texts;
  std::vector<Record> rows;
  std::vector<BadLine> bad_rows;  // reported after those of the registry
  const Columns columns = TRY(columns_of(list.text(), Layout::rows, options.list));
  TRY(for_each_line({list.text(), 0, true}, columns, options.list, bad_rows, &progress,
                    {"名簿を読んでいます", "Reading the list"}, [&](const auto& cells, std::uint64_t line) {
                      const Record row =
                          columns.record(cells, options.context.today, options.list, line, bad_rows);
                      if (row.id.empty())
                        bad_rows.push_back({options.list, line, "entry_id", {"番号がありません", "No id"}});
                      rows.push_back(kept(row, texts));
                    }));

  const Registry registry = TRY(registry_of(env, options, hash ? &*hash : nullptr, rows, report, progress));
  report.residents = registry.size();
  std::ranges::move(bad_rows, std::back_inserter(report.bad_lines));
  report.load_seconds = seconds();

  Matcher matcher(registry, options.weights, options.match);
  const std::vector<Answer> answers = matcher.match_all(rows, progress);
  report.rows = rows.size();

  CsvWriter header("\n");
  header.record({"entry_id", "decision", "resident_id", "probability", "reasons", "alternatives"});
  std::string out = header.text();
  for (const Answer& answer : answers) {
    report.matched += answer.decision == Decision::match;
    report.asked += answer.decision == Decision::ask;
    report.none += answer.decision == Decision::none;
  }
  constexpr std::size_t kLinesOfBlock = 512;
  std::vector<std::string> blocks((answers.size() + kLinesOfBlock - 1) / kLinesOfBlock);
  in_blocks(answers.size(), kLinesOfBlock, std::max(1U, options.match.threads),
            [&](unsigned, std::size_t from, std::size_t to) {
              CsvWriter lines("\n");
              for (std::size_t i = from; i < to; ++i)
                write_answer(rows, i, answers[i], options.language, lines);
              blocks[from / kLinesOfBlock] = lines.text();
            });
  for (const std::string& block : blocks)
    out += block;
  TRY(env.disk.write_whole(options.out, out));
  report.match_seconds = seconds();
  return report;
}

}  // namespace sonae::link

// Reading all lines of a registry file, on several threads.
#include <algorithm>
#include <atomic>
#include <future>

#include "town/registry/chunk.h"
#include "town/registry/file_reader.h"
#include "town/registry/records.h"

namespace sonae::registry {
namespace {

constexpr std::size_t kWarningsKept = 100;
constexpr std::uint64_t kCountEvery = 0x1000;

struct Part {
  std::vector<TakenLine> taken;
  std::vector<RefusedLine> refused;
  std::vector<Warning> warnings;
  std::int64_t warnings_total = 0;
  std::vector<FileProtection> protections;
  std::unique_ptr<Arena> memory = std::make_unique<Arena>();
  bool in_order = true;
  bool stopped = false;
  bool broken_quote = false;
  std::string_view tail;
  bool last_line_ends = true;
};

std::uint64_t hash_of_household(std::string_view text) {
  return text.empty() ? 0 : std::hash<std::string_view>{}(text) | 1;
}

std::optional<Date> whole_date(std::string_view canonical) {
  const auto date = text::parse_partial_text(canonical);
  return date ? date->whole() : std::nullopt;
}

// How many lines all parts together have read. Any thread counts; one, for which it is meant, tells.
class LinesRead {
 public:
  LinesRead(Progress& progress, std::uint64_t total) : progress_(progress), total_(total) {}

  void add(std::uint64_t lines) { read_ += lines; }
  void tell() const {
    progress_.report({"台帳を読んでいます（行）", "Reading the registry (lines)"},
                     std::min<std::uint64_t>(read_, total_), total_);
  }
  bool stop_requested() const { return progress_.stop_requested(); }

 private:
  Progress& progress_;
  std::uint64_t total_;
  std::atomic<std::uint64_t> read_ = 0;
};

// Reads the lines of one piece of the file, which begins and ends at lines.
class PartReader {
 public:
  PartReader(const OpenedFile& file, Date as_of, LinesRead& lines_read)
      : file_(file), lines_read_(lines_read), reader_(file.layout, file.columns, as_of) {}

  // `tells`: this one reports how far all of them are.
  Part read(std::size_t begin, std::size_t end, std::uint64_t line, bool tells) {
    RecordCutter cutter(file_.text.substr(begin, end - begin), file_.form.separator.front(), line);
    part_.taken.reserve((end - begin) / 100);
    for (;;) {
      const RecordCutter::Got got = cutter.next();
      if (got == RecordCutter::Got::end) break;
      if (++records_ % kCountEvery == 0) {
        lines_read_.add(kCountEvery);
        if (tells) lines_read_.tell();
        if (lines_read_.stop_requested()) {
          part_.stopped = true;
          break;
        }
      }
      if (got == RecordCutter::Got::record)
        take(cutter);
      else
        part_.broken_quote |= refuse_cut(cutter, got);
    }
    part_.tail = cutter.rest();
    return std::move(part_);
  }

 private:
  bool refuse_cut(const RecordCutter& cutter, RecordCutter::Got got) {
    const bool quote = got == RecordCutter::Got::unclosed_quote;
    problems_.clear();
    problems_.push_back(
        quote ? Problem{ProblemKind::unclosed_quote, {}, {}, false}
              : Problem{ProblemKind::too_long_line, {}, std::to_string(RecordCutter::kLongest), false});
    refuse(cutter);
    return quote;
  }

  void refuse(const RecordCutter& cutter) {
    part_.refused.push_back({cutter.line(), bytes_of(file_, cutter.whole()), problems_});
  }

  void take(const RecordCutter& cutter) {
    problems_.clear();
    const auto& cells = cutter.cells();
    if (cells.size() != file_.columns.size()) {
      problems_.push_back({ProblemKind::cell_count, {}, std::to_string(file_.columns.size()), false});
      return refuse(cutter);
    }
    const Fields& fields = reader_.fields(cells, &problems_);
    const std::string_view id = get(fields, Field::id);
    if (std::ranges::any_of(id, [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
      problems_.push_back({ProblemKind::id_unusable, {}, {}, false});
    const bool odd = has_oddity(cutter);
    if (std::ranges::any_of(problems_, [](const Problem& problem) { return !problem.warning; }))
      return refuse(cutter);
    for (Problem& problem : problems_)
      if (part_.warnings_total++ < static_cast<std::int64_t>(kWarningsKept))
        part_.warnings.push_back({cutter.line(), std::move(problem)});

    TakenLine line;
    line.id = part_.memory->keep(id);
    line.whole = cutter.whole();
    line.household_hash = hash_of_household(get(fields, Field::household));
    line.number = static_cast<std::uint32_t>(part_.taken.size());
    line.file_line = static_cast<std::uint32_t>(cutter.line());
    const std::string_view status = get(fields, Field::status);
    line.lives_here = status != "moved_out" && status != "died" && status != "removed";
    note_protection(fields, line.id);
    scratch_.clear();
    if (odd || !can_be_rebuilt(cutter))
      append_resident_line(cells, bytes_of(file_, cutter.whole()), scratch_);
    else
      append_resident_line(cells, std::nullopt, scratch_);
    line.line = part_.memory->keep(scratch_);
    part_.in_order =
        part_.in_order && (part_.taken.empty() || compare_ids(part_.taken.back().id, line.id) <= 0);
    part_.taken.push_back(line);
    part_.last_line_ends = cutter.whole().ends_with('\n');
  }

  // Bytes that are no characters are a problem; second codes of a character only need the exact bytes.
  bool has_oddity(const RecordCutter& cutter) {
    const auto& all = file_.decoded.oddities;
    if (all.empty()) return false;
    const auto begin = static_cast<std::uint64_t>(cutter.whole().data() - file_.text.data());
    auto oddity = std::ranges::lower_bound(all, begin, {}, &text::Oddity::text_offset);
    bool any = false;
    for (; oddity != all.end() && oddity->text_offset < begin + cutter.whole().size(); ++oddity) {
      any = true;
      if (oddity->kind != text::Oddity::Kind::undecodable) continue;
      problems_.push_back(
          {ProblemKind::not_in_encoding, {}, std::string(text::name_of(file_.encoding)), false});
      break;
    }
    return any;
  }

  // Whether the cells and the file's form give the line's bytes again.
  bool can_be_rebuilt(const RecordCutter& cutter) {
    const std::string_view whole = cutter.whole();
    const bool at_end =
        static_cast<std::size_t>(whole.data() + whole.size() - file_.text.data()) == file_.text.size();
    const std::string_view line_end =
        at_end && !whole.ends_with('\n') ? std::string_view{} : std::string_view(file_.form.line_end);
    if (whole.data() != cutter.body().data() || whole.size() != cutter.body().size() + line_end.size() ||
        !whole.ends_with(line_end))
      return false;
    const bool all = file_.form.quotes == "all";
    if (!cutter.has_quotes() && !all) return true;
    rebuilt_.clear();
    write_record(cutter.cells(), file_.form.separator.front(), all, rebuilt_);
    return rebuilt_ == cutter.body();
  }

  void note_protection(const Fields& fields, std::string_view id) {
    const std::string_view kind = get(fields, Field::protection);
    const std::string_view from = get(fields, Field::protection_from);
    if (kind.empty() && from.empty()) return;
    part_.protections.push_back({ResidentId(std::string(id)), whole_date(from),
                                 whole_date(get(fields, Field::protection_until)), std::string(kind)});
  }

  const OpenedFile& file_;
  LinesRead& lines_read_;
  RowReader reader_;
  Part part_;
  std::vector<Problem> problems_;
  std::string scratch_, rebuilt_;
  std::uint64_t records_ = 0;
};

struct Range {
  std::size_t begin, end;
  std::uint64_t line;
};

// Cuts the file at line ends that stand outside of quotation marks.
std::vector<Range> ranges_of(const OpenedFile& file, unsigned threads) {
  std::vector<Range> ranges;
  std::size_t begin = file.body;
  std::uint64_t line = file.body_line;
  const std::size_t size = file.text.size();
  for (unsigned i = 0; i < threads; ++i) {
    std::size_t end = size;
    if (i + 1 < threads) {
      end = file.text.find('\n', std::max(begin, file.body + (size - file.body) / threads * (i + 1)));
      end = end == std::string_view::npos ? size : end + 1;
      const auto quotes = [&] { return std::ranges::count(file.text.substr(begin, end - begin), '"') % 2; };
      while (end < size && quotes() != 0) {
        end = file.text.find('\n', end);
        end = end == std::string_view::npos ? size : end + 1;
        if (end - begin > (size - begin) / 2 + (std::size_t{1} << 20))
          end = size;  // the quotes are in disorder
      }
    }
    ranges.push_back({begin, end, line});
    if (end == size) break;
    line += static_cast<std::uint64_t>(std::ranges::count(file.text.substr(begin, end - begin), '\n'));
    begin = end;
  }
  return ranges;
}

void put_together(std::vector<Part>& parts, ReadLines& all) {
  std::size_t total = 0;
  for (const Part& part : parts)
    total += part.taken.size();
  all.taken.reserve(total);
  for (Part& part : parts) {
    all.in_order_of_ids = all.in_order_of_ids && part.in_order &&
                          (all.taken.empty() || part.taken.empty() ||
                           compare_ids(all.taken.back().id, part.taken.front().id) <= 0);
    const auto before = static_cast<std::uint32_t>(all.taken.size());
    for (TakenLine& line : part.taken) {
      line.number += before;
      all.taken.push_back(line);
    }
    part.taken = {};
    std::ranges::move(part.refused, std::back_inserter(all.refused));
    for (Warning& warning : part.warnings)
      if (all.warnings.size() < kWarningsKept) all.warnings.push_back(std::move(warning));
    all.warnings_total += part.warnings_total;
    std::ranges::move(part.protections, std::back_inserter(all.protections));
    all.memory.push_back(std::move(part.memory));
  }
}

// Sorts by id; of lines with one id the first stays and the others are refused.
void sort_and_refuse_twins(const OpenedFile& file, ReadLines& all) {
  std::vector<TakenLine>& lines = all.taken;
  if (!all.in_order_of_ids)
    std::ranges::sort(lines, [](const TakenLine& one, const TakenLine& other) {
      const auto order = compare_ids(one.id, other.id);
      return order != 0 ? order < 0 : one.number < other.number;
    });
  const auto refused_before = all.refused.size();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (kept > 0 && lines[kept - 1].id == lines[i].id) {
      all.refused.push_back(
          {lines[i].file_line,
           bytes_of(file, lines[i].whole),
           {{ProblemKind::id_twice, {}, std::to_string(lines[kept - 1].file_line), false}}});
      continue;
    }
    if (kept != i) lines[kept] = lines[i];
    ++kept;
  }
  lines.resize(kept);
  if (all.refused.size() != refused_before)
    std::ranges::stable_sort(all.refused, {}, &RefusedLine::file_line);
}

void count(ReadLines& all) {
  std::vector<std::uint64_t> households;
  households.reserve(all.taken.size());
  for (const TakenLine& line : all.taken) {
    if (!line.lives_here) continue;
    ++all.counts.residents;
    if (line.household_hash != 0) households.push_back(line.household_hash);
  }
  std::ranges::sort(households);
  all.counts.people = static_cast<std::int64_t>(all.taken.size());
  all.counts.households = std::ranges::unique(households).begin() - households.begin();
  all.counts.set_aside = static_cast<std::int64_t>(all.refused.size());
  std::ranges::sort(all.protections, [](const FileProtection& one, const FileProtection& other) {
    return compare_ids(one.resident.text(), other.resident.text()) < 0;
  });
}

}  // namespace

Result<ReadLines> read_lines(OpenedFile& file, Date as_of, unsigned threads, Progress& progress) {
  if (file.text.size() - file.body < (std::size_t{1} << 20)) threads = 1;
  std::vector<Part> parts;
  const auto lines_of_body =
      static_cast<std::uint64_t>(std::ranges::count(file.text.substr(file.body), '\n'));
  const auto read = [&](const std::vector<Range>& ranges) {
    LinesRead lines_read(progress, lines_of_body);
    lines_read.tell();
    std::vector<std::future<Part>> under_way;
    for (std::size_t i = 1; i < ranges.size(); ++i)
      under_way.push_back(std::async(std::launch::async, [&, range = ranges[i]] {
        return PartReader(file, as_of, lines_read).read(range.begin, range.end, range.line, false);
      }));
    parts.clear();
    parts.push_back(
        PartReader(file, as_of, lines_read).read(ranges[0].begin, ranges[0].end, ranges[0].line, true));
    for (auto& part : under_way)
      parts.push_back(part.get());
  };
  read(ranges_of(file, threads));
  // Where a quote was left open, the pieces may have been cut in the wrong places: once more, in one piece.
  if (parts.size() > 1 && std::ranges::any_of(parts, &Part::broken_quote)) read(ranges_of(file, 1));
  if (std::ranges::any_of(parts, &Part::stopped))
    return fail(ErrorCode::cancelled, {"取り込みを中止しました", "The import was stopped"}, {},
                {"もう一度取り込むと続きから始まります", "Importing again goes on from where it stopped"});
  file.form.tail = parts.back().tail;
  file.form.final_line_end = parts.back().last_line_ends;
  ReadLines all;
  put_together(parts, all);
  sort_and_refuse_twins(file, all);
  count(all);
  return all;
}

}  // namespace sonae::registry

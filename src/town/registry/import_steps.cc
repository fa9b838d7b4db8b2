#include "town/registry/import_steps.h"

#include <algorithm>

#include "town/registry/chunk.h"
#include "town/registry/set_aside.h"

namespace sonae::registry {
namespace {

constexpr std::size_t kShown = 100;

}  // namespace

std::vector<std::string_view> ids_in_file_order(const std::vector<TakenLine>& sorted) {
  std::vector<const TakenLine*> lines;
  lines.reserve(sorted.size());
  for (const TakenLine& line : sorted)
    lines.push_back(&line);
  std::ranges::sort(lines, {}, [](const TakenLine* line) { return line->number; });
  std::vector<std::string_view> ids;
  ids.reserve(lines.size());
  for (const TakenLine* const line : lines)
    ids.push_back(line->id);
  return ids;
}

std::vector<Bytes> order_pieces(const std::vector<std::string_view>& ids) {
  std::vector<Bytes> pieces;
  Border border = order_border();
  bool open = false;
  for (const std::string_view id : ids) {
    if (!open) pieces.emplace_back();
    pieces.back().append(id) += '\n';
    open = !border.ends_after(id);
  }
  return pieces;
}

Result<journal::Receipt> record_snapshot(town::Town& town, const GrantId& grant, const SnapshotTaken& body,
                                         journal::Batch batch, const std::vector<SnapshotRow>& superseded) {
  std::vector<journal::Subject> subjects{about(body.snapshot)};
  std::vector<FactId> supersedes;
  for (const SnapshotRow& row : superseded) {
    if (row.snapshot != body.snapshot) subjects.push_back(about(row.snapshot));
    supersedes.push_back(row.fact);
  }
  batch.drafts.push_back(journal::draft(journal::Stream::ordinary, std::string(kSnapshotTaken),
                                        std::move(subjects), grant, body));
  batch.drafts.back().supersedes = supersedes;
  batch.still_valid = std::move(supersedes);
  return TRY(town.journal().append(std::move(batch))).back();
}

ImportReport report_of(const ReadLines& lines, const StoredChunks& chunks, const journal::Receipt& receipt,
                       Language language) {
  ImportReport report;
  report.chunks = static_cast<std::int64_t>(chunks.addresses.size());
  report.new_chunks = chunks.fresh;
  for (const FactId& fact : chunks.receipts)
    report.receipts.push_back(fact.text());
  report.receipts.push_back(receipt.fact.text());
  report.warnings_total = lines.warnings_total;
  for (const Warning& warning : lines.warnings)
    report.warnings.push_back(line_problem(warning.file_line, warning.problem, language));
  for (const RefusedLine& line : lines.refused)
    for (const Problem& problem : line.problems)
      if (!problem.warning && report.errors.size() < kShown)
        report.errors.push_back(line_problem(line.file_line, problem, language));
  return report;
}

}  // namespace sonae::registry

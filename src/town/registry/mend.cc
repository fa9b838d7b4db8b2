// Mended lines of a snapshot: they are added to it, and what could not be taken before is given up or set
// aside again.
#include <algorithm>
#include <unordered_set>

#include "town/registry/import_steps.h"
#include "town/registry/inside.h"
#include "town/registry/set_aside.h"

namespace sonae::registry {
namespace {

class Mending {
 public:
  Mending(Registry::Inside& inside, api::Call& call, const ImportRequest& request)
      : inside_(inside),
        town_(inside.town),
        call_(call),
        request_(request),
        connection_(inside.town.journal().reader()) {}

  Result<ImportReport> run() {
    if (!call_.file)
      return fail(ErrorCode::invalid_input,
                  {"直した行のファイルがありません", "There is no file of mended lines"});
    state_ = inside_.state();
    base_ = TRY(inside_.chosen(*connection_, *state_, request_.mends));
    digest_ = sha256(call_.file->content);
    if (std::ranges::find(base_->body.supplements, digest_) != base_->body.supplements.end()) {
      ImportReport report = report_on(base_->body);
      report.unchanged = true;
      TRY(town_.journal().settle());
      return report;
    }
    file_ = TRY(open_file(call_.file->content, {base_->layout}, base_->layout->name));
    TRY(check_columns());
    ReadLines lines = TRY(read_lines(*file_, base_->body.as_of, 1, call_.progress));
    refuse_who_is_in(lines);
    if (lines.taken.empty())
      return fail(ErrorCode::invalid_input,
                  {"取り込める行がありません", "There is no line that can be taken"}, call_.file->name,
                  first_problem(lines));
    adapt(lines.taken);
    const ReadLines all = with_base(lines);
    const StoredChunks chunks =
        TRY(store_chunks(town_, call_.actor.grant, base_->body.layout, base_->body.columns, all.taken,
                         kImportThreads, call_.progress));
    return TRY(record(lines, all, chunks));
  }

 private:
  Status check_columns() const {
    std::vector<std::string> one = base_->body.columns, other = file_->columns;
    std::ranges::sort(one);
    std::ranges::sort(other);
    if (one == other) return {};
    return fail(ErrorCode::invalid_input,
                {"見出しが元のファイルと違います", "The header is not that of the file that is mended"},
                call_.file->name,
                {"取り置いたファイルの見出しのまま直してください",
                 "Leave the header of the set-aside file as it is"});
  }

  Phrase first_problem(const ReadLines& lines) const {
    if (lines.refused.empty()) return {"直した行を入れてください", "Put the mended lines into it"};
    const RefusedLine& first = lines.refused.front();
    const LineProblem japanese = line_problem(first.file_line, first.problems.front(), Language::japanese);
    const LineProblem english = line_problem(first.file_line, first.problems.front(), Language::english);
    const std::string line = std::to_string(first.file_line);
    return {line + " 行目 " + japanese.item + ": " + japanese.problem + "。" + japanese.advice,
            "line " + line + " " + english.item + ": " + english.problem + ". " + english.advice};
  }

  void refuse_who_is_in(ReadLines& lines) {
    std::erase_if(lines.taken, [&](const TakenLine& line) {
      if (!inside_.cells(*connection_, *base_, line.id)) return false;
      lines.refused.push_back(
          {line.file_line,
           bytes_of(*file_, line.whole),
           {{ProblemKind::id_already_in, base_->layout->column_to(Field::id)->name, {}, false}}});
      return true;
    });
    std::ranges::stable_sort(lines.refused, {}, &RefusedLine::file_line);
  }

  // The cells in the order of the snapshot's columns. Exact bytes go where the form is another one: the line
  // is then written as the snapshot's file is.
  void adapt(std::vector<TakenLine>& lines) {
    const FileForm &now = file_->form, &then = base_->body.form;
    const bool same_form = now.encoding == then.encoding && now.line_end == then.line_end &&
                           now.separator == then.separator && now.quotes == then.quotes;
    if (same_form && file_->columns == base_->body.columns) return;
    std::vector<std::size_t> place;
    for (const std::string& name : base_->body.columns)
      place.push_back(
          static_cast<std::size_t>(std::ranges::find(file_->columns, name) - file_->columns.begin()));
    const std::string head = chunk_head(base_->body.layout, file_->columns);
    for (TakenLine& line : lines) {
      const std::string chunk = head + std::string(line.line);
      std::string adapted;
      for_each_line(chunk, [&](const ChunkReader& reader) {
        std::vector<std::string_view> cells;
        for (const std::size_t at : place)
          cells.push_back(reader.cells()[at]);
        append_resident_line(cells, std::nullopt, adapted);
      });
      line.line = memory_.keep(adapted);
    }
  }

  // All lines of the snapshot with the mended ones among them, counted anew.
  ReadLines with_base(const ReadLines& mended) {
    ReadLines all;
    const auto reader = base_->reader();
    std::unordered_set<std::string> households;
    auto next = mended.taken.begin();
    const auto add = [&](const TakenLine& line, const ResidentRow& row) {
      all.taken.push_back(line);
      if (!row.lives_here()) return;
      ++all.counts.residents;
      if (!row.household.empty()) households.emplace(row.household);
    };
    const auto add_mended = [&] {
      const std::string chunk = chunk_head(base_->body.layout, base_->body.columns) + std::string(next->line);
      for_each_line(chunk, [&](const ChunkReader& line) { add(*next, reader->row(line.cells())); });
      ++next;
    };
    for (const Hash& address : base_->body.chunks) {
      chunks_.push_back(read_chunk(inside_.blobs(*connection_), address));
      for_each_line(chunks_.back(), [&](const ChunkReader& line) {
        const std::string id(reader->row(line.cells()).id);
        while (next != mended.taken.end() && compare_ids(next->id, id) < 0)
          add_mended();
        add({memory_.keep(id), line.line(), {}, 0, 0, 0, true}, reader->row(line.cells()));
      });
    }
    while (next != mended.taken.end())
      add_mended();
    all.counts.people = static_cast<std::int64_t>(all.taken.size());
    all.counts.households = static_cast<std::int64_t>(households.size());
    all.counts.set_aside = static_cast<std::int64_t>(mended.refused.size());
    return all;
  }

  // The file's own order with the mended lines at its end; none where that is the order of ids.
  std::vector<std::string_view> order(const ReadLines& mended, const ReadLines& all) {
    std::vector<std::string_view> ids;
    if (base_->body.order.empty()) {
      std::unordered_set<std::string_view> fresh;
      for (const TakenLine& line : mended.taken)
        fresh.insert(line.id);
      for (const TakenLine& line : all.taken)
        if (!fresh.contains(line.id)) ids.push_back(line.id);
    } else {
      for (const Hash& address : base_->body.order)
        order_ += read_chunk(inside_.blobs(*connection_), address);
      for (std::string_view rest = order_; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        ids.push_back(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      }
    }
    for (const std::string_view id : ids_in_file_order(mended.taken))
      ids.push_back(id);
    const bool is_order_of_ids = std::ranges::is_sorted(
        ids, [](std::string_view one, std::string_view other) { return compare_ids(one, other) < 0; });
    return is_order_of_ids ? std::vector<std::string_view>{} : ids;
  }

  Result<ImportReport> record(const ReadLines& mended, const ReadLines& all, const StoredChunks& chunks) {
    journal::Batch batch;
    const auto store = [&](Bytes content) {
      const Hash address = town_.journal().address_of(content);
      batch.blobs.push_back(std::move(content));
      return address;
    };
    SnapshotTaken body = base_->body;
    body.chunks = chunks.addresses;
    body.order.clear();
    for (Bytes& piece : order_pieces(order(mended, all)))
      body.order.push_back(store(std::move(piece)));
    std::ranges::copy(mended.protections, std::back_inserter(body.protections));
    body.set_aside.reset();
    if (!mended.refused.empty()) body.set_aside = store(write_set_aside(body.layout, mended.refused));
    body.supplements.push_back(digest_);
    body.counts = all.counts;
    std::vector<SnapshotRow> superseded;
    for (const SnapshotRow& row : state_->rows)
      if (row.fact == base_->fact) superseded.push_back(row);
    const journal::Receipt receipt =
        TRY(record_snapshot(town_, call_.actor.grant, body, std::move(batch), superseded));
    ImportReport report = report_of(mended, chunks, receipt, call_.language);
    const ImportReport snapshot = report_on(body);
    report.snapshot = snapshot.snapshot;
    report.as_of = snapshot.as_of;
    report.layout = snapshot.layout;
    report.counts = snapshot.counts;
    return report;
  }

  static ImportReport report_on(const SnapshotTaken& body) {
    ImportReport report;
    report.snapshot = body.snapshot;
    report.as_of = body.as_of;
    report.layout = body.layout;
    report.counts = body.counts;
    report.chunks = static_cast<std::int64_t>(body.chunks.size());
    return report;
  }

  Registry::Inside& inside_;
  town::Town& town_;
  api::Call& call_;
  const ImportRequest& request_;
  std::shared_ptr<store::Connection> connection_;
  StatePtr state_;
  SnapshotPtr base_;
  Hash digest_;
  std::unique_ptr<OpenedFile> file_;
  std::vector<Bytes> chunks_;
  std::string order_;
  Arena memory_;
};

}  // namespace

Result<ImportReport> Registry::Inside::mend(api::Call& call, const ImportRequest& request) {
  return Mending(*this, call, request).run();
}

}  // namespace sonae::registry

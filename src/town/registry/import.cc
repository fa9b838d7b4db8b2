// Bringing a registry file in.
#include <algorithm>

#include "town/registry/import_steps.h"
#include "town/registry/inside.h"
#include "town/registry/set_aside.h"

namespace sonae::registry {
namespace {

// While it lives, the import is not taken for one that was cut off.
class UnderWay {
 public:
  UnderWay(Registry::Inside& inside, const SnapshotId& snapshot) : inside_(inside) { set(snapshot); }
  ~UnderWay() { set(std::nullopt); }
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;

 private:
  void set(std::optional<SnapshotId> snapshot) {
    const std::lock_guard lock(inside_.mutex);
    inside_.importing_ = snapshot;
  }
  Registry::Inside& inside_;
};

// One import under way.
class Import {
 public:
  Import(Registry::Inside& inside, api::Call& call, const ImportRequest& request)
      : inside_(inside),
        town_(inside.town),
        call_(call),
        request_(request),
        connection_(inside.town.journal().reader()) {}

  Result<ImportReport> run() {
    if (!call_.file)
      return fail(ErrorCode::invalid_input, {"台帳ファイルがありません", "There is no registry file"});
    digest_ = sha256(call_.file->content);
    as_of_ = request_.as_of.value_or(town_.today());
    state_ = inside_.state();
    const auto layouts = TRY(inside_.layouts());
    file_ = TRY(with_name(open_file(call_.file->content, layouts, request_.layout)));
    if (const SnapshotPtr same = already_in()) {
      TRY(town_.journal().settle());
      return unchanged(*same);
    }
    snapshot_ = town_.env().random.id<SnapshotId>();
    const UnderWay under_way(inside_, snapshot_);
    TRY(record_start());
    ReadLines lines = TRY(with_name(read_lines(*file_, as_of_, kImportThreads, call_.progress)));
    TRY(with_name(refuse_unreadable(lines)));
    const StoredChunks chunks =
        TRY(store_chunks(town_, call_.actor.grant, file_->layout->name, file_->columns, lines.taken,
                         kImportThreads, call_.progress));
    const journal::Receipt receipt = TRY(take_snapshot(lines, chunks));
    return report(lines, chunks, receipt);
  }

 private:
  template <class T>
  Result<T> with_name(Result<T> result) {
    if (!result && result.error().where.empty()) result.error().where = call_.file->name;
    return result;
  }

  // The snapshot that this very file made, read by the same layout: of the day that was asked for, or the
  // current one.
  SnapshotPtr already_in() {
    for (const SnapshotRow& row : state_->chain) {
      const bool asked_for =
          request_.as_of ? row.as_of == *request_.as_of : row.fact == state_->current()->fact;
      if (!asked_for) continue;
      const SnapshotPtr one = inside_.snapshot(*connection_, row);
      if (one && one->body.file_digest == digest_ && one->layout->text == file_->layout->text) return one;
    }
    return nullptr;
  }

  ImportReport unchanged(const Snapshot& same) const {
    ImportReport report;
    report.unchanged = true;
    report.snapshot = same.body.snapshot;
    report.as_of = same.body.as_of;
    report.layout = same.body.layout;
    report.counts = same.body.counts;
    report.chunks = static_cast<std::int64_t>(same.body.chunks.size());
    return report;
  }

  Status record_start() {
    journal::Batch batch;
    batch.drafts.push_back(journal::draft(
        journal::Stream::ordinary, std::string(kImportStarted), {about(snapshot_)}, call_.actor.grant,
        ImportStarted{snapshot_, as_of_, file_->layout->name, call_.file->name, digest_,
                      static_cast<std::int64_t>(call_.file->content.size())}));
    TRY(town_.journal().append(std::move(batch)));
    return {};
  }

  // A snapshot without most of its lines would make most residents vanish.
  Status refuse_unreadable(const ReadLines& lines) const {
    const auto say = [&](Phrase what) -> Status {
      Phrase advice{"レイアウトが合っているか確かめてください", "See whether the layout is the right one"};
      if (!lines.refused.empty()) {
        const RefusedLine& first = lines.refused.front();
        const Problem& problem = first.problems.front();
        const std::string place = std::to_string(first.file_line);
        advice.japanese +=
            "（最初は " + place + " 行目 " + problem.item + ": " + registry::what(problem).japanese + "）";
        advice.english +=
            " (first: line " + place + " " + problem.item + ": " + registry::what(problem).english + ")";
      }
      return fail(ErrorCode::invalid_input, std::move(what), {}, std::move(advice));
    };
    if (lines.taken.empty() && lines.refused.empty())
      return fail(ErrorCode::invalid_input, {"住民の行がありません", "There is no line of a resident"}, {},
                  {"書き出しが終わっているか確かめてください", "See whether its export had finished"});
    if (lines.refused.size() > lines.taken.size())
      return say({"半分以上の行が読めないため、何も取り込みませんでした",
                  "More than half of the lines cannot be read: nothing was taken"});
    return {};
  }

  // Another snapshot of that day, known here, is superseded: the operator brings a better one.
  std::vector<SnapshotRow> replaced() const {
    std::vector<SnapshotRow> rows;
    for (const SnapshotRow& row : state_->rows)
      if (!row.superseded && row.as_of == as_of_) rows.push_back(row);
    return rows;
  }

  Result<journal::Receipt> take_snapshot(ReadLines& lines, const StoredChunks& chunks) {
    journal::Batch batch;
    const auto store = [&](Bytes content) {
      const Hash address = town_.journal().address_of(content);
      batch.blobs.push_back(std::move(content));
      return address;
    };
    SnapshotTaken body;
    body.snapshot = snapshot_;
    body.as_of = as_of_;
    body.layout = file_->layout->name;
    body.layout_text = store(file_->layout->text);
    body.file_name = call_.file->name;
    body.file_digest = digest_;
    body.form = file_->form;
    body.columns = file_->columns;
    body.chunks = chunks.addresses;
    if (!lines.in_order_of_ids)
      for (Bytes& piece : order_pieces(ids_in_file_order(lines.taken)))
        body.order.push_back(store(std::move(piece)));
    body.protections = lines.protections;
    if (!lines.refused.empty()) body.set_aside = store(write_set_aside(file_->layout->name, lines.refused));
    body.counts = lines.counts;

    return record_snapshot(town_, call_.actor.grant, body, std::move(batch), replaced());
  }

  ImportReport report(const ReadLines& lines, const StoredChunks& chunks, const journal::Receipt& receipt) {
    ImportReport report = report_of(lines, chunks, receipt, call_.language);
    report.snapshot = snapshot_;
    report.as_of = as_of_;
    report.layout = file_->layout->name;
    report.counts = lines.counts;
    const StatePtr now = inside_.state();
    for (std::size_t i = 1; i < now->chain.size(); ++i)
      if (now->chain[i].snapshot == snapshot_)
        report.differences = count(inside_.changes(*connection_, *now, i));
    return report;
  }

  Registry::Inside& inside_;
  town::Town& town_;
  api::Call& call_;
  const ImportRequest& request_;
  std::shared_ptr<store::Connection> connection_;
  Hash digest_;
  Date as_of_;
  StatePtr state_;
  SnapshotId snapshot_;
  std::unique_ptr<OpenedFile> file_;
};

}  // namespace

Result<ImportReport> Registry::Inside::import(api::Call& call, const ImportRequest& request) {
  const std::unique_lock one_at_a_time(import_mutex, std::try_to_lock);
  if (!one_at_a_time)
    return fail(ErrorCode::busy, {"別の取り込みが動いています", "Another import is under way"}, {},
                {"終わってからやり直してください", "Try again when it has finished"});
  return request.mends ? mend(call, request) : Import(*this, call, request).run();
}

Result<std::vector<LayoutPtr>> Registry::Inside::layouts() const {
  return load_layouts(town.env(), town.places().data + "/layouts", town.directory() + "/tables/layouts");
}

}  // namespace sonae::registry

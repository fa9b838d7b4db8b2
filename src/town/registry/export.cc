// Taking a snapshot out as a file: by its own layout the bytes that came in, by another field for field.
#include <algorithm>
#include <unordered_map>

#include "town/registry/inside.h"
#include "town/registry/records.h"
#include "town/registry/row_writer.h"
#include "town/registry/set_aside.h"

namespace sonae::registry {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;
constexpr std::size_t kNamedInRecord = 1000;  // longer exports are recorded by count and digest

// All lines of a snapshot in the order of its file.
class Lines {
 public:
  Lines(const journal::Blobs& blobs, const Snapshot& snapshot) : snapshot_(snapshot) {
    for (const Hash& address : snapshot.body.chunks)
      chunks_.push_back(read_chunk(blobs, address));
    if (snapshot.body.order.empty()) return;
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
      const auto reader = snapshot.reader();
      for_each_line(chunks_[i], [&](const ChunkReader& line) {
        places_.emplace(reader->row(line.cells()).id, line.line());
      });
    }
    for (const Hash& address : snapshot.body.order)
      order_ += read_chunk(blobs, address);
  }

  // The chunk reader stands on the line that is passed.
  void for_each(const std::function<void(const ChunkReader&)>& visit) const {
    if (snapshot_.body.order.empty()) {
      for (const Bytes& chunk : chunks_)
        for_each_line(chunk, visit);
      return;
    }
    const std::string head = chunk_head(snapshot_.body.layout, snapshot_.body.columns);
    std::string some = head;
    std::string_view ids = order_;
    while (!ids.empty()) {
      const std::size_t end = ids.find('\n');
      const auto place = places_.find(std::string(ids.substr(0, end)));
      ids.remove_prefix(end == std::string_view::npos ? ids.size() : end + 1);
      if (place != places_.end()) some += place->second;
      if (some.size() < kPiece && !ids.empty()) continue;
      for_each_line(some, visit);
      some = head;
    }
  }

 private:
  const Snapshot& snapshot_;
  std::vector<Bytes> chunks_;
  std::unordered_map<std::string, std::string_view> places_;
  std::string order_;
};

text::Encoding encoding_named(std::string_view name) {
  return name == "cp932"       ? text::Encoding::cp932
         : name == "utf-8-bom" ? text::Encoding::utf8_with_mark
                               : text::Encoding::utf8;
}

// Text as bytes of a file, gathered and counted.
class FileBytes {
 public:
  explicit FileBytes(text::Encoding encoding) : encoding_(encoding) {
    if (encoding == text::Encoding::utf8_with_mark) bytes_ = "\xEF\xBB\xBF";
  }
  void add(std::string_view text) {
    if (encoding_ != text::Encoding::cp932) {
      bytes_ += text;
      return;
    }
    const text::Encoded encoded = text::encode(text, encoding_);
    unencodable_ += static_cast<std::int64_t>(encoded.unencodable.size());
    bytes_ += encoded.bytes;
  }
  void add_bytes(BytesView bytes) { bytes_ += bytes; }
  void drop_line_end() {
    if (bytes_.ends_with('\n')) bytes_.pop_back();
    if (bytes_.ends_with('\r')) bytes_.pop_back();
  }
  const Bytes& bytes() const { return bytes_; }
  std::int64_t unencodable() const { return unencodable_; }

 private:
  text::Encoding encoding_;
  Bytes bytes_;
  std::int64_t unencodable_ = 0;
};

struct Written {
  FileBytes file;
  std::int64_t rows = 0;
  std::vector<std::string> shown;
  void note(std::string_view id) {
    ++rows;
    if (shown.size() <= kNamedInRecord) shown.push_back("resident:" + std::string(id));
  }
};

Written as_it_came(const Lines& lines, const Snapshot& snapshot, const OutputFilter& filter) {
  const FileForm& form = snapshot.body.form;
  Written written{FileBytes(encoding_named(form.encoding)), 0, {}};
  written.file.add(form.header);
  const auto reader = snapshot.reader();
  std::string record;
  bool last_is_exact = true;
  lines.for_each([&](const ChunkReader& line) {
    const std::string id(reader->row(line.cells()).id);
    if (!filter.may_show(id)) return;
    written.note(id);
    const auto exact = line.exact();
    last_is_exact = exact.has_value();
    if (exact) return written.file.add_bytes(*exact);
    record.clear();
    write_record(line.cells(), form.separator.front(), form.quotes == "all", record);
    record += form.line_end;
    written.file.add(record);
  });
  if (!form.final_line_end && !last_is_exact) written.file.drop_line_end();
  written.file.add(form.tail);
  return written;
}

Written by_another_layout(const Lines& lines, const Snapshot& snapshot, const LayoutPtr& layout,
                          const OutputFilter& filter) {
  Written written{FileBytes(encoding_named(layout->encoding)), 0, {}};
  const auto reader = snapshot.reader();
  RowWriter writer(layout, snapshot.body.columns, snapshot.body.as_of);
  std::string record;
  const auto add = [&](const std::vector<std::string_view>& cells) {
    record.clear();
    write_record(cells, ',', layout->quotes == "all", record);
    record += layout->line_end;
    written.file.add(record);
  };
  if (layout->header) add({writer.columns().begin(), writer.columns().end()});
  lines.for_each([&](const ChunkReader& line) {
    const Fields& fields = reader->fields(line.cells());
    if (!filter.may_show(get(fields, Field::id))) return;
    written.note(get(fields, Field::id));
    add(writer.cells(fields, line.cells()));
  });
  return written;
}

}  // namespace

Result<ExportAnswer> Registry::Inside::export_residents(api::Call& call, const ExportRequest& request) {
  const StatePtr now = state();
  const auto connection = town.journal().reader();
  const SnapshotPtr snapshot = TRY(chosen(*connection, *now, request.snapshot));
  const auto known = TRY(layouts());
  const auto found = std::ranges::find(known, request.layout, [](const LayoutPtr& one) { return one->name; });
  const bool own = request.layout == snapshot->body.layout;
  if (!own && found == known.end())
    return fail(ErrorCode::not_found,
                {"レイアウトがありません: " + request.layout, "There is no such layout: " + request.layout},
                {}, {"sonae registry layouts で一覧を見られます", "sonae registry layouts lists them"});
  const OutputFilter shown_to = filter_over(*now, call.actor, town.today(), {snapshot});
  const Lines lines(blobs(*connection), *snapshot);
  Written written =
      own ? as_it_came(lines, *snapshot, shown_to) : by_another_layout(lines, *snapshot, *found, shown_to);
  if (written.shown.size() > kNamedInRecord) written.shown.clear();
  TRY(access.record_export(call, "registry.export", written.rows, sha256(written.file.bytes()),
                           std::move(written.shown)));
  if (call.output != nullptr) TRY(call.output->write(written.file.bytes()));
  ExportAnswer answer;
  answer.file_name = "registry-" + to_iso(snapshot->body.as_of) + "-" + request.layout + ".csv";
  answer.content_type = "text/csv";
  answer.rows = written.rows;
  answer.as_it_came = own;
  answer.unencodable = written.file.unencodable();
  return answer;
}

Result<api::FileAnswer> Registry::Inside::set_aside(api::Call& call, const SetAsideRequest& request) {
  const StatePtr now = state();
  const auto connection = town.journal().reader();
  const SnapshotPtr snapshot = TRY(chosen(*connection, *now, request.snapshot));
  if (!snapshot->body.set_aside)
    return fail(ErrorCode::not_found, {"取り置いた行はありません", "No lines were set aside"});
  const auto lines = TRY(read_set_aside(read_chunk(blobs(*connection), *snapshot->body.set_aside)));
  const bool report = request.report.value_or(false);
  const Bytes file =
      report ? set_aside_report(lines, call.language) : set_aside_file(snapshot->body.form, lines);
  TRY(access.record_export(call, "registry.set_aside", static_cast<std::int64_t>(lines.size()), sha256(file),
                           {}));
  if (call.output != nullptr) TRY(call.output->write(file));
  return api::FileAnswer{
      std::string(report ? "set-aside-report-" : "set-aside-") + to_iso(snapshot->body.as_of) + ".csv",
      "text/csv", static_cast<std::int64_t>(lines.size())};
}

}  // namespace sonae::registry

#include <zstd.h>

#include "journal/frame.h"
#include "journal/header.h"
#include "journal/reading.h"
#include "sync/bundle.h"
#include "sync/segment_text.h"
#include "sync/tar.h"
#include "town/nodes/nodes.h"

namespace sonae::sync {

namespace {

constexpr std::uint64_t kMostUnpacked = std::uint64_t{1} << 30;

Result<Bytes> unpacked(BytesView frame) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size <= kMostUnpacked)  // the two marks for "not known" are larger
    if (auto content = journal::unframed(frame, size)) return std::move(*content);
  return fail(ErrorCode::corrupt, {"圧縮された中身が壊れています", "A compressed member is damaged"});
}

class BundleReader {
 public:
  BundleReader(journal::Journal& journal, BundleImported& answer) : journal_(journal), answer_(answer) {}

  // A problem with one member is noted; the others are still taken.
  void take(const TarReader::Member& member) {
    Status done;
    if (member.name.starts_with("segments/"))
      done = segment(member.content);
    else if (member.name.starts_with("blobs/"))
      done = blob(member);
    if (!done) answer_.problems.push_back(member.name + ": " + done.error().in(Language::english));
  }

 private:
  Status blob(const TarReader::Member& member) {
    Bytes content = TRY(unpacked(member.content));
    if (member.name != "blobs/" + journal_.address_of(content).hex() + ".zst")
      return fail(ErrorCode::corrupt, {"内容が番地と合いません", "A blob is not what its address says"});
    journal::Batch batch;
    batch.blobs.push_back(std::move(content));
    TRY(journal_.append(std::move(batch)));
    ++answer_.blobs;
    return {};
  }

  Status segment(BytesView frame) {
    const journal::LogRange range = TRY(read_segment_text(TRY(unpacked(frame))));
    const std::uint64_t before = size_of(range.log);
    TRY(journal_.ingest(range));
    answer_.facts += size_of(range.log) - before;
    return {};
  }

  std::uint64_t size_of(const journal::LogId& log) {
    const auto here = journal::log_here(*journal_.reader(), log);
    return here ? here->size : 0;
  }

  journal::Journal& journal_;
  BundleImported& answer_;
};

std::string command_for(const NodeId& here, const std::vector<LogReach>& reach) {
  std::string command = "sonae bundle export DIR --to " + here.text();
  for (const LogReach& log : reach)
    command += " --since " + log.node.text() + "/" + std::string(journal::stream_name(log.stream)) + "=" +
               std::to_string(log.size);
  return command + " FILE";
}

// What was announced and is still not here.
void tell_missing(journal::Journal& journal, const BundleManifest& manifest, BundleImported& answer) {
  const auto connection = journal.reader();
  std::vector<LogReach> reach;
  for (const journal::LogHere& log : journal::logs_here(*connection))
    reach.push_back({log.log.node, log.log.stream, log.size});
  for (const LogStretch& log : manifest.logs) {
    const auto here = journal::log_here(*connection, {log.node, log.stream});
    const std::uint64_t size = here ? here->size : 0;
    if (size < log.next) answer.missing.push_back({log.node, log.stream, size, log.next});
  }
  if (!answer.missing.empty()) answer.ask = command_for(journal.node(), reach);
}

}  // namespace

Result<BundleImported> import_bundle(service::TownService& service, BytesView file) {
  const journal::Options& options = service.town().journal_options();
  AgeReader age = TRY(AgeReader::open(file, AgeIdentity::of(options.node_key)));
  TarReader tar([&] { return age.next(); });
  const auto first = TRY(tar.next());
  if (!first || first->name != "manifest.json")
    return fail(ErrorCode::invalid_input, {"これはバンドルではありません", "This is not a bundle"});
  const auto manifest = TRY(from_json_text<BundleManifest>(first->content));
  if (manifest.format != "sonae bundle 1")
    return fail(ErrorCode::unsupported,
                {"このバンドルの形式は新しすぎます", "This bundle's format is not known here"},
                manifest.format);
  if (manifest.town != options.town)
    return fail(ErrorCode::forbidden, {"別の町のバンドルです", "This bundle belongs to another town"});
  BundleImported answer;
  answer.set = manifest.set;
  answer.part = manifest.part;
  journal::Journal& journal = service.town().journal();
  BundleReader reader(journal, answer);
  for (;;) {
    const auto member = tar.next();
    if (!member) {
      answer.damage = member.error().in(Language::english);
      break;
    }
    if (!*member) break;
    reader.take(**member);
  }
  TRY(service.nodes().tell());
  tell_missing(journal, manifest, answer);
  return answer;
}

void add_bundle_operations(service::TownService& service, api::Catalogue& catalogue) {
  using api::Call;
  using enum api::Permission;
  catalogue.add(api::operation<BundleExport, BundleExported>(
                    "sync.export_bundle", {"持ち運ぶ束を作る", "Write a bundle to carry"}, administer,
                    [&service](Call& call, const BundleExport& request) {
                      return export_bundle(service, call, request);
                    })
                    .giving_file()
                    .long_running());
  catalogue.add(
      api::operation<api::Nothing, BundleImported>(
          "sync.import_bundle", {"束を取り込む", "Take in a bundle"}, administer,
          [&service](Call& call, const api::Nothing&) { return import_bundle(service, call.file->content); })
          .writing()
          .taking_file()
          .long_running());
}

}  // namespace sonae::sync

#include <algorithm>
#include <set>

#include "journal/blob.h"
#include "journal/fork.h"
#include "journal/frame.h"
#include "journal/header.h"
#include "journal/reading.h"
#include "sync/bundle.h"
#include "sync/giving.h"
#include "sync/segment_text.h"
#include "sync/tar.h"
#include "town/access/access.h"
#include "town/nodes/nodes.h"

namespace sonae::sync {

namespace {

constexpr std::uint64_t kSegmentEntries = 4096;

Result<std::vector<AgeRecipient>> recipients(const nodes::Nodes& nodes, const std::vector<std::string>& to) {
  std::vector<AgeRecipient> all;
  for (const std::string& name : to) {
    if (name.starts_with("age1")) {
      all.push_back(TRY(AgeRecipient::parse(name)));
      continue;
    }
    const auto node = nodes.find(TRY(NodeId::parse(name)));
    if (!node || node->standing != nodes::Standing::enrolled)
      return fail(ErrorCode::forbidden,
                  {"町に登録されたノードではありません", "This is no enrolled node of the town"}, name,
                  {"sonae node list で番号を確かめてください", "sonae node list shows the ids"});
    all.push_back(TRY(AgeRecipient::of(TRY(PublicKey::from_bytes(TRY(from_base64(node->public_key)))))));
  }
  return all;
}

// What is to be sent of one log.
struct Plan {
  journal::LogHere log;
  std::uint64_t first = 0;
};

std::vector<Plan> plan(store::Connection& connection, const std::vector<LogReach>& since) {
  std::vector<Plan> all;
  for (journal::LogHere& log : journal::logs_here(connection)) {
    const auto there = std::ranges::find_if(since, [&](const LogReach& reach) {
      return reach.node == log.log.node && reach.stream == log.log.stream;
    });
    const std::uint64_t first = there == since.end() ? 0 : std::min(there->size, log.size);
    all.push_back({std::move(log), first});
  }
  std::ranges::stable_sort(all, {}, [](const Plan& one) { return urgency(one.log.log.stream); });
  return all;
}

class BundleWriter {
 public:
  BundleWriter(service::TownService& service, AgeWriter& age, store::Connection& connection)
      : age_(age),
        connection_(connection),
        blobs_(connection, service.town().journal_options().town_key),
        seconds_(service.town().env().clock.now().milliseconds / 1000) {}

  Status member(const std::string& name, BytesView content) {
    const Bytes bytes = tar_member(name, content, seconds_);
    written_ += bytes.size();
    return age_.write(bytes);
  }

  // One stretch from `first` to the next suitable signed head, its blobs before it. Its end.
  Result<std::uint64_t> segment(const journal::LogHere& log, std::uint64_t first) {
    const auto note = journal::note_after(connection_, log.number, first, kSegmentEntries);
    if (!note) return log.size;
    journal::LogRange range;
    range.log = log.log;
    range.key = log.key;
    range.first = first;
    range.checkpoint = note->text;
    range.entries = journal::read_entries(connection_, log.number, first, note->size,
                                          std::numeric_limits<std::size_t>::max());
    TRY(blobs_of(range));
    facts_ += range.entries.size();
    TRY(member(name_of(log.log, std::to_string(first)), journal::framed(segment_text(range))));
    return note->size;
  }

  // A history beside a forked log, from its beginning: only so can it be proven.
  Status branch(const journal::Fork& fork) {
    const auto log = journal::log_here(connection_, fork.log);
    if (!log) return {};
    journal::LogRange range{fork.log, log->key, 0, {}, fork.note, {}};
    while (range.entries.size() < fork.size) {
      auto more = journal::read_branch(connection_, fork, range.entries.size(), fork.size,
                                       std::numeric_limits<std::size_t>::max());
      if (more.empty()) return {};
      std::ranges::move(more, std::back_inserter(range.entries));
    }
    TRY(blobs_of(range));
    return member(name_of(fork.log, "branch-" + std::to_string(fork.size)),
                  journal::framed(segment_text(range)));
  }

  std::uint64_t written() const { return written_; }
  std::uint64_t facts() const { return facts_; }
  std::uint64_t blobs() const { return sent_.size(); }

 private:
  Status blobs_of(const journal::LogRange& range) {
    for (const journal::LogEntry& entry : range.entries)
      for (const Hash& address : journal::blobs_named(connection_, entry.body))
        if (sent_.insert(address).second)
          if (const auto content = blobs_.read(address))
            TRY(member("blobs/" + address.hex() + ".zst", journal::framed(*content)));
    return {};
  }
  static std::string name_of(const journal::LogId& log, const std::string& which) {
    return "segments/" + log.node.text() + "-" + std::string(journal::stream_name(log.stream)) + "-" + which +
           ".jsonl.zst";
  }

  AgeWriter& age_;
  store::Connection& connection_;
  journal::Blobs blobs_;
  std::int64_t seconds_;
  std::set<Hash> sent_;
  std::uint64_t written_ = 0, facts_ = 0;
};

}  // namespace

Result<BundleExported> export_bundle(service::TownService& service, api::Call& call,
                                     const BundleExport& request) {
  town::Town& town = service.town();
  if (call.output == nullptr)
    return fail(ErrorCode::invalid_input, {"書き出し先がありません", "There is nowhere to write to"});
  TRY(service.access().record_look(call, "sync.export_bundle", request.to));
  BundleExported answer;
  AgeWriter age = TRY(
      AgeWriter::begin(town.env().random, TRY(recipients(service.nodes(), request.to)), [&](BytesView bytes) {
        answer.bytes += bytes.size();
        return call.output->write(bytes);
      }));
  const auto connection = town.journal().reader();
  std::vector<Plan> logs = plan(*connection, request.since.value_or(std::vector<LogReach>{}));
  connection->make_durable();  // what leaves must not be lost here (giving.cc)

  BundleManifest manifest;
  manifest.town = town.profile().id;
  manifest.from = town.journal().node();
  manifest.made = town.env().clock.now();
  manifest.set = answer.set = request.set.value_or(to_base32(town.env().random.bytes(8)));
  manifest.part = answer.part = request.part.value_or(1);
  for (const Plan& log : logs)
    manifest.logs.push_back({log.log.log.node, log.log.log.stream, log.first, log.log.size});
  BundleWriter writer(service, age, *connection);
  TRY(writer.member("manifest.json", to_text(to_json(manifest)) + "\n"));

  const auto limit = static_cast<std::uint64_t>(std::max<std::int64_t>(0, request.most_bytes.value_or(0)));
  answer.complete = true;
  std::size_t done = 0;
  for (Plan& log : logs) {
    while (log.first < log.log.size) {
      // One segment at least in each part, so that a small limit still comes to an end.
      if (limit > 0 && writer.facts() > 0 && writer.written() >= limit) {
        answer.complete = false;
        break;
      }
      if (call.progress.stop_requested())
        return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"});
      log.first = TRY(writer.segment(log.log, log.first));
    }
    answer.heads.push_back({log.log.log.node, log.log.log.stream, log.first});
    call.progress.report({"記録を書き出しています", "Writing logs"}, ++done, logs.size());
  }
  if (answer.complete)
    for (const journal::Fork& fork : journal::forks(*connection))
      TRY(writer.branch(fork));
  answer.facts = writer.facts();
  answer.blobs = writer.blobs();
  json::object end = to_json(answer).as_object();
  for (const char* const name : {"file_name", "content_type", "bytes"})
    end.erase(name);
  TRY(writer.member("end.json", to_text(end) + "\n"));
  TRY(age.write(tar_end()));
  TRY(age.finish());
  return answer;
}

}  // namespace sonae::sync

#include "vault/backup.h"

#include <algorithm>
#include <set>

#include "journal/checkpoint.h"
#include "journal/fork.h"
#include "journal/frame.h"
#include "journal/header.h"
#include "journal/reading.h"
#include "journal/tables.h"
#include "sync/giving.h"
#include "sync/segment_text.h"
#include "town/node_key.h"
#include "town/nodes/admission.h"
#include "town/reading.h"
#include "vault/answers.h"
#include "vault/erasures.h"
#include "vault/object_writer.h"
#include "vault/recovery.h"
#include "vault/retention.h"
#include "vault/signed_text.h"
#include "vault/town_files.h"

namespace sonae::vault {

namespace {

constexpr std::uint64_t kSegmentEntries = 1024;
constexpr std::size_t kObjectBytes = std::size_t{32} << 20;
// So many small objects are worth a new beginning: the manifest stays small, old ones can be let go.
constexpr std::size_t kMostObjects = 500;

class Backup {
 public:
  Backup(Env& env, const town::ReadOnlyTown& town, const SigningKey& key, Target& target, Progress& progress,
         store::Connection& connection)
      : env_(env),
        town_(town),
        target_(target),
        progress_(progress),
        connection_(connection),
        writing_{env, target, town.profile.id, key, {}} {}

  Result<BackupReport> run(const std::string& directory, const BackupSettings& settings) {
    writing_.recipients = TRY(backup_recipients(connection_));
    for (const AgeRecipient& recipient : writing_.recipients)
      manifest_.recipients.push_back(recipient.text());
    logs_ = journal::logs_here(connection_);
    std::ranges::stable_sort(logs_, {},
                             [](const journal::LogHere& log) { return restore_order(log.log.stream); });
    forks_ = journal::forks(connection_);
    if (!settings.looks) leave_out_looks();
    const TownFiles files = TRY(read_town_files(env_, directory));
    describe_town(files);
    earlier_ = TRY(own_manifests());
    if (!settings.full) TRY(build_on_earlier());
    report_.full = manifest_.objects.empty();
    TRY(take_up_orphans());
    for (const journal::LogHere& log : logs_)
      TRY(write_log(log));
    TRY(finish_object());
    TRY(write_files(files));
    TRY(write_erasures(env_, target_, town_.profile.id, writing_.key, connection_));
    TRY(write_manifest());
    if (settings.keep) retain(*settings.keep);
    return std::move(report_);
  }

 private:
  void leave_out_looks() {
    const auto of_looks = [](const auto& one) { return one.log.stream == journal::Stream::access; };
    std::erase_if(logs_, of_looks);
    std::erase_if(forks_, of_looks);
    report_.without = manifest_.without = {kLooks};
  }
  void describe_town(const TownFiles& files) {
    manifest_.town = town_.profile.id;
    manifest_.node = node_id_of(writing_.key.public_key());
    manifest_.key = to_base64(writing_.key.public_key().bytes());
    Bytes beside = joined(files);
    for (const journal::Fork& fork : forks_)
      beside += fork.note;
    manifest_.files = keyed_hash(town_.options.town_key, beside);
    for (const journal::LogHere& log : logs_) {
      const auto note = journal::read_checkpoint(log.note);
      manifest_.heads.push_back(
          {log.log.node, log.log.stream, log.size, note ? note->checkpoint.root : Hash{}});
    }
  }

  Result<std::vector<NamedManifest>> own_manifests() {
    auto all = TRY(read_manifests(target_, report_.problems));
    std::erase_if(all, [&](const NamedManifest& one) {
      return one.manifest.node != manifest_.node || one.manifest.town != manifest_.town;
    });
    return all;
  }

  // Whether the log here begins with the history that was backed up: shorter, or another one, it is where a
  // copy of this node's disk made the backup.
  bool is_ours(const BackupHead& head) const {
    const auto here = std::ranges::find_if(logs_, [&](const journal::LogHere& log) {
      return log.log == journal::LogId{head.node, head.stream};
    });
    return here != logs_.end() && here->size >= head.size &&
           journal::stored_frontier(connection_, here->number, head.size).root() == head.root;
  }

  // Goes on from the newest backup of this node, where it is whole and for the same keys.
  Status build_on_earlier() {
    if (earlier_.empty()) return {};
    const Manifest& last = earlier_.front().manifest;
    if (last.recipients != manifest_.recipients || last.objects.size() > kMostObjects) return {};
    if (!std::ranges::all_of(last.heads, [&](const BackupHead& head) { return is_ours(head); })) return {};
    const auto names = TRY(target_.list(std::string(kObjects)));
    for (const ObjectEntry& object : last.objects)
      if (!std::ranges::binary_search(names, object.name + ".age")) {
        report_.problems.push_back("objects/" + object.name + ".age is missing; all is written anew");
        return {};
      }
    manifest_.objects = last.objects;
    for (const BackupHead& head : last.heads)
      covered_[{head.node, head.stream}] = head.size;
    nothing_new_ = last.heads == manifest_.heads && last.files == manifest_.files;
    return {};
  }

  // Whole objects that no manifest of ours names, from a run that was cut off.
  Status take_up_orphans() {
    std::set<std::string> known;
    for (const NamedManifest& one : earlier_)
      for (const ObjectEntry& object : one.manifest.objects)
        known.insert(object.name);
    const auto names = TRY(target_.list(std::string(kObjects)));
    for (const std::string& file : names) {
      if (!file.ends_with(".json")) continue;
      const std::string name = file.substr(0, file.size() - 5);
      if (known.contains(name) || !std::ranges::binary_search(names, name + ".age")) continue;
      const auto content = target_.read(std::string(kObjects) + "/" + file);
      const auto index = content ? read_document<ObjectIndex>(*content) : std::unexpected(content.error());
      if (index && index->name == name && continues(*index)) TRY(take_up(*index));
    }
    return {};
  }

  bool continues(const ObjectIndex& index) const {
    if (index.node != manifest_.node || index.town != manifest_.town || index.logs.empty() ||
        index.recipients != manifest_.recipients || !index.heads ||
        !std::ranges::all_of(*index.heads, [&](const BackupHead& head) { return is_ours(head); }))
      return false;
    return std::ranges::all_of(index.logs, [&](const LogStretch& stretch) {
      const auto log = std::ranges::find_if(logs_, [&](const journal::LogHere& here) {
        return here.log == journal::LogId{stretch.node, stretch.stream};
      });
      const auto from = covered_.find({stretch.node, stretch.stream});
      return log != logs_.end() && stretch.next <= log->size &&
             stretch.first == (from == covered_.end() ? 0 : from->second);
    });
  }

  Status take_up(const ObjectIndex& index) {
    const auto file = target_.read(std::string(kObjects) + "/" + index.name + ".age");
    if (!file || sha256(*file) != index.digest) return {};
    for (const LogStretch& stretch : index.logs)
      covered_[{stretch.node, stretch.stream}] = stretch.next;
    manifest_.objects.push_back({index.name, index.digest, index.bytes, index.logs});
    ++report_.taken_up;
    nothing_new_ = false;
    return {};
  }

  // The blobs that lie in the objects so far. Asked only when a new fact names a blob.
  Status know_blobs() {
    if (blobs_known_) return {};
    blobs_known_ = true;
    for (const ObjectEntry& object : manifest_.objects) {
      if (object.logs.empty()) continue;
      const Bytes note = TRY(target_.read(std::string(kObjects) + "/" + object.name + ".json"));
      const ObjectIndex index = TRY(read_document<ObjectIndex>(note));
      blobs_.insert(index.blobs.begin(), index.blobs.end());
    }
    return {};
  }

  Status write_log(const journal::LogHere& log) {
    std::uint64_t& first = covered_[log.log];
    while (first < log.size) {
      if (progress_.stop_requested())
        return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"}, {},
                    {"もう一度始めれば続きから進みます", "Start again: it goes on from here"});
      // One stream in an object: a restore takes them by their urgency.
      if (object_ && (stream_ != log.log.stream || object_->bytes() >= kObjectBytes)) TRY(finish_object());
      if (!object_) object_ = TRY(ObjectWriter::begin(writing_));
      stream_ = log.log.stream;
      first = TRY(write_segment(log, first));
      progress_.report({"控えを書いています", "Writing the backup"}, first, log.size);
    }
    return {};
  }

  // One stretch up to a signed head, its blobs before it, as in a bundle.
  Result<std::uint64_t> write_segment(const journal::LogHere& log, std::uint64_t first) {
    const auto note = journal::note_after(connection_, log.number, first, kSegmentEntries);
    if (!note)
      return fail(ErrorCode::corrupt, {"署名された先端がありません", "A log has no signed head"},
                  log.log.node.text() + "/" + std::string(journal::stream_name(log.log.stream)),
                  {"sonae verify で調べてください", "See what sonae verify says"});
    journal::LogRange range{log.log, log.key, first, {}, note->text, {}};
    range.entries = journal::read_entries(connection_, log.number, first, note->size,
                                          std::numeric_limits<std::size_t>::max());
    for (const journal::LogEntry& entry : range.entries)
      for (const Hash& address : journal::blobs_named(connection_, entry.body))
        TRY(write_blob(address));
    TRY(object_->member("segments/" + log.log.node.text() + "-" +
                            std::string(journal::stream_name(log.log.stream)) + "-" + std::to_string(first) +
                            ".jsonl.zst",
                        journal::framed(sync::segment_text(range))));
    object_->covers({log.log.node, log.log.stream, first, note->size},
                    TRY(journal::read_checkpoint(note->text)).checkpoint.root);
    object_->counts(range.entries.size());
    report_.facts += range.entries.size();
    return note->size;
  }

  // As it is stored, after a look at whether it still is what it was.
  Status write_blob(const Hash& address) {
    TRY(know_blobs());
    if (!blobs_.insert(address).second) return {};
    return write_blob_member(address);
  }

  Status write_blob_member(const Hash& address) {
    const auto row = connection_.query("SELECT size, content FROM journal_blob WHERE address = $1",
                                       store::Blob{address.bytes()});
    if (!row->next()) return {};
    const auto content = journal::unframed(row->bytes(1), static_cast<std::uint64_t>(row->integer(0)));
    if (!content || keyed_hash(town_.options.town_key, *content) != address)
      return fail(ErrorCode::corrupt, {"町の記録が壊れています", "The town's own records are damaged"},
                  "blob " + address.hex(),
                  {"sonae verify で調べ、以前の控えから戻してください",
                   "See what sonae verify says, and restore from an earlier backup"});
    TRY(object_->member("blobs/" + address.hex() + ".zst", row->bytes(1)));
    object_->holds(address);
    ++report_.blobs;
    return {};
  }

  Status finish_object() {
    if (!object_) return {};
    manifest_.objects.push_back(TRY(object_->finish()));
    ++report_.objects;
    report_.bytes_written += manifest_.objects.back().bytes;
    object_.reset();
    return {};
  }

  // A history beside a forked log, from the fork on. It lies with the town's own files: in which history a
  // log goes on differs from node to node, and a person may take over what stands in neither log.
  Status write_branch(const journal::Fork& fork, std::size_t number) {
    const auto log = std::ranges::find(logs_, fork.log, &journal::LogHere::log);
    if (log == logs_.end()) return {};
    journal::LogRange range{fork.log, log->key, fork.position, {}, fork.note, {}};
    range.entries = journal::read_branch(connection_, fork, fork.position, fork.size,
                                         std::numeric_limits<std::size_t>::max());
    if (fork.position + range.entries.size() < fork.size) return {};  // not all of it has come yet
    TRY(know_blobs());
    for (const journal::LogEntry& entry : range.entries)
      for (const Hash& address : journal::blobs_named(connection_, entry.body))
        if (!blobs_.contains(address)) TRY(write_blob_member(address));
    report_.facts += range.entries.size();
    return object_->member("branches/" + std::to_string(number) + ".jsonl.zst",
                           journal::framed(sync::segment_text(range)));
  }

  // Profile, tables, answers and branches take the place of those of the last backup.
  Status write_files(const TownFiles& files) {
    if (nothing_new_) return {};
    std::erase_if(manifest_.objects, [](const ObjectEntry& object) { return object.logs.empty(); });
    object_ = TRY(ObjectWriter::begin(writing_));
    for (const auto& [path, content] : files)
      TRY(object_->member("files/" + path, content));
    for (std::size_t i = 0; i < forks_.size(); ++i)
      TRY(write_branch(forks_[i], i));
    const auto views = service::make_views();
    TRY(object_->member("answers.json",
                        to_text(to_json(answers_of(connection_, service::pointers_to(views)))) + "\n"));
    return finish_object();
  }

  Status write_manifest() {
    manifest_.made = env_.clock.now();
    // The newest is found by its time, even where the clock was set back.
    if (!earlier_.empty() && manifest_.made <= earlier_.front().manifest.made)
      manifest_.made = {earlier_.front().manifest.made.milliseconds + 1};
    report_.made = manifest_.made;
    report_.manifest = manifest_name(manifest_.made, manifest_.node);
    const Bytes note = sign_text(to_text(to_json(manifest_)), manifest_.town, writing_.key);
    TRY(target_.write(report_.manifest, note));
    report_.bytes_written += note.size();
    for (const ObjectEntry& object : manifest_.objects)
      report_.bytes_whole += object.bytes;
    return {};
  }

  // The backup stands; what cannot be let go is told beside it.
  void retain(std::int64_t keep) {
    const auto removed = retain_newest(target_, manifest_, keep);
    if (removed)
      report_.removed = *removed;
    else
      report_.problems.push_back(removed.error().in(Language::english));
    if (const Status gone = retain_erasures(target_, manifest_.town); !gone)
      report_.problems.push_back(gone.error().in(Language::english));
  }

  Env& env_;
  const town::ReadOnlyTown& town_;
  Target& target_;
  Progress& progress_;
  store::Connection& connection_;
  Writing writing_;
  Manifest manifest_;
  BackupReport report_;
  std::vector<journal::LogHere> logs_;
  std::vector<journal::Fork> forks_;
  std::vector<NamedManifest> earlier_;
  std::map<journal::LogId, std::uint64_t> covered_;
  bool nothing_new_ = false;
  bool blobs_known_ = false;
  std::set<Hash> blobs_;
  std::unique_ptr<ObjectWriter> object_;
  journal::Stream stream_ = journal::Stream::ordinary;
};

}  // namespace

Result<BackupReport> back_up(Env& env, const town::Places& places, const std::string& directory,
                             Target& target, const BackupSettings& settings, Progress& progress) {
  const town::ReadOnlyTown town =
      TRY(town::open_for_reading(env, directory, &nodes::admission(), places.vfs));
  const town::NodeKey key = TRY(town::find_or_make_node_key(env, places.keys, town.profile.id, directory));
  try {
    const auto connection = town.database->connect();
    const store::Transaction snapshot(*connection, store::Transaction::Kind::read);
    return Backup(env, town, key.key, target, progress, *connection).run(directory, settings);
  } catch (const store::StoreError& failure) {
    return std::unexpected(failure.error());
  }
}

}  // namespace sonae::vault

#include "vault/restore.h"

#include <zstd.h>

#include <algorithm>

#include "journal/checkpoint.h"
#include "journal/frame.h"
#include "journal/reading.h"
#include "journal/verify.h"
#include "service/town_service.h"
#include "sync/segment_text.h"
#include "town/nodes/admission.h"
#include "vault/object_reader.h"
#include "vault/town_files.h"

namespace sonae::vault {

namespace {

// Stands in a directory that is being restored, and names the manifest.
constexpr std::string_view kMark = "/restoring.json";
constexpr std::uint64_t kMostUnpacked = std::uint64_t{1} << 30;

Result<Bytes> unpacked(BytesView frame) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size <= kMostUnpacked)  // the two marks for "not known" are larger
    if (auto content = journal::unframed(frame, size)) return std::move(*content);
  return fail(ErrorCode::corrupt, {"圧縮された中身が壊れています", "A compressed member is damaged"});
}

struct Failed {
  ObjectEntry object;
  Error error;
};

class Restoring {
 public:
  Restoring(Env& env, const town::Places& places, Target& target, std::string directory,
            const OpeningKey& key, Progress& progress)
      : env_(env),
        places_(places),
        target_(target),
        directory_(std::move(directory)),
        key_(key),
        progress_(progress),
        began_(env.clock.monotonic_microseconds()) {}

  Result<RestoreReport> run(const RestoreSettings& settings) {
    TRY(choose(settings));
    TRY(prepare_directory());
    {
      const auto views = service::make_views();
      const auto town =
          TRY(town::Town::open(env_, places_, directory_, service::pointers_to(views), &nodes::admission()));
      TRY(take_objects(town->journal()));
      report_.seconds = seconds();
      TRY(examine(*town));
    }
    TRY(env_.disk.remove(directory_ + std::string(kMark)));
    return std::move(report_);
  }

 private:
  double seconds() const { return static_cast<double>(env_.clock.monotonic_microseconds() - began_) / 1e6; }

  // The newest manifest that can be read, whose town's files can be opened too.
  Status choose(const RestoreSettings& settings) {
    auto manifests = TRY(read_manifests(target_, report_.problems));
    std::erase_if(manifests, [&](const NamedManifest& one) {
      return settings.as_of && one.manifest.made > *settings.as_of;
    });
    if (manifests.empty())
      return fail(ErrorCode::not_found, {"戻せる控えがありません", "There is no backup to restore"},
                  report_.problems.empty() ? "" : report_.problems.front());
    std::optional<Error> first;
    for (NamedManifest& one : manifests) {
      const Status opened = read_files(one.manifest);
      if (!opened) {
        report_.problems.push_back(one.name + ": " + opened.error().in(Language::english));
        if (!first) first = opened.error();
        continue;
      }
      report_.manifest = one.name;
      report_.made = one.manifest.made;
      report_.made_by = one.manifest.node;
      manifest_ = std::move(one.manifest);
      return {};
    }
    return std::unexpected(*first);
  }

  Status read_files(const Manifest& manifest) {
    const auto entry =
        std::ranges::find_if(manifest.objects, [](const ObjectEntry& object) { return object.logs.empty(); });
    if (entry == manifest.objects.end())
      return fail(ErrorCode::corrupt,
                  {"控えに町の設定がありません", "The backup lacks the town's own files"});
    const auto reader = TRY(ObjectReader::open(target_, *entry, key_.identity));
    files_.clear();
    while (const auto member = TRY(reader->next())) {
      if (member->name.starts_with("files/")) files_[member->name.substr(6)] = member->content;
      if (member->name == "answers.json") report_.expected = TRY(from_json_text<Answers>(member->content));
    }
    profile_ = TRY(from_json_text<town::TownProfile>(files_["town.json"]));
    if (profile_.id != manifest.town ||
        (key_.shares != nullptr &&
         !key_.shares->belongs_to({profile_.id, profile_.founder.value_or(NodeId{})})))
      return fail(
          ErrorCode::forbidden,
          {"この控えは、分散鍵の町のものではありません", "This backup is not of the town of these shares"},
          {}, {"控えの場所を確かめてください", "See whether this is the right target"});
    report_.town = profile_.name;
    report_.town_id = profile_.id;
    return {};
  }

  Status prepare_directory() {
    const std::string mark = directory_ + std::string(kMark);
    if (env_.disk.status(directory_ + "/town.json")) {
      const auto going_on = env_.disk.read_all(mark);
      if (going_on && *going_on == report_.manifest + "\n") return {};
      return fail(ErrorCode::conflict, {"すでに町があります", "There is a town here already"}, directory_,
                  {"空のフォルダに戻してください", "Restore into an empty directory"});
    }
    TRY(env_.disk.make_directories(directory_, true));
    TRY(env_.disk.write_whole(mark, report_.manifest + "\n", true));
    TRY(town::make_directory(env_, directory_, profile_));
    return write_tables(env_, directory_, files_);
  }

  Status take_objects(journal::Journal& journal) {
    std::vector<ObjectEntry> objects = manifest_.objects;
    std::erase_if(objects, [](const ObjectEntry& object) { return object.logs.empty(); });
    std::ranges::stable_sort(
        objects, {}, [](const ObjectEntry& object) { return restore_order(object.logs.front().stream); });
    std::vector<Failed> failed;
    for (std::size_t at = 0; at < objects.size(); ++at) {
      progress_.report({"控えから戻しています", "Restoring"}, at, objects.size());
      if (progress_.stop_requested())
        return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"}, {},
                    {"もう一度始めれば続きから進みます", "Start again: it goes on from here"});
      const Status taken = take(journal, objects[at]);
      if (!taken) failed.push_back({objects[at], taken.error()});
      const int order = restore_order(objects[at].logs.front().stream);
      if (order <= restore_order(journal::Stream::ordinary)) report_.seconds_to_registry = seconds();
      if (order <= restore_order(journal::Stream::urgent)) report_.seconds_to_reception = seconds();
    }
    if (!failed.empty()) TRY(mend(journal, failed));
    for (const Failed& one : failed)
      lose(journal, one.object, one.error);
    return {};
  }

  // What one object lacks may lie in objects of other backups: of an earlier full one, of another node.
  Status mend(journal::Journal& journal, std::vector<Failed>& failed) {
    std::vector<ObjectEntry> others;
    for (const std::string& file : TRY(target_.list(std::string(kObjects)))) {
      if (!file.ends_with(".json")) continue;
      const auto note = target_.read(std::string(kObjects) + "/" + file);
      const auto index = note ? read_document<ObjectIndex>(*note) : std::unexpected(note.error());
      if (index && index->town == manifest_.town && !index->logs.empty() && not_beyond(*index))
        others.push_back({index->name, index->digest, index->bytes, index->logs});
    }
    // And those that only waited for what was before them.
    for (const Failed& one : failed)
      others.push_back(one.object);
    for (bool more = true; more;) {
      more = false;
      for (const ObjectEntry& other : others) {
        const bool helps = std::ranges::any_of(other.logs, [&](const LogStretch& stretch) {
          const std::uint64_t size = size_here(journal, {stretch.node, stretch.stream});
          return stretch.first <= size && size < stretch.next;
        });
        const std::uint64_t before = report_.facts;
        if (!helps) continue;
        static_cast<void>(take(journal, other));  // as far as it goes
        more = more || report_.facts > before;
      }
    }
    std::erase_if(failed, [&](const Failed& one) {
      return blobs_missing(journal, one.object) == 0 &&
             std::ranges::all_of(one.object.logs, [&](const LogStretch& stretch) {
               return size_here(journal, {stretch.node, stretch.stream}) >= stretch.next;
             });
    });
    return {};
  }

  // The state that is brought back is the manifest's, not a later one.
  bool not_beyond(const ObjectIndex& index) const {
    return std::ranges::all_of(index.logs, [&](const LogStretch& stretch) {
      return std::ranges::any_of(manifest_.heads, [&](const BackupHead& head) {
        return head.node == stretch.node && head.stream == stretch.stream && stretch.next <= head.size;
      });
    });
  }

  std::uint64_t size_here(journal::Journal& journal, const journal::LogId& log) {
    const auto here = journal::log_here(*journal.reader(), log);
    return here ? here->size : 0;
  }

  Status take(journal::Journal& journal, const ObjectEntry& object) {
    const bool here = std::ranges::all_of(object.logs, [&](const LogStretch& stretch) {
      return size_here(journal, {stretch.node, stretch.stream}) >= stretch.next;
    });
    if (here) return {};  // of a restore that was cut off
    const auto reader = TRY(ObjectReader::open(target_, object, key_.identity));
    ++report_.objects;
    report_.bytes += reader->bytes();
    std::vector<Bytes> blobs;
    Status worst;
    for (;;) {
      const auto member = reader->next();
      if (!member) return std::unexpected(member.error());  // nothing can be read behind it
      if (!*member) break;
      const Status done = take_member(journal, **member, blobs);
      if (!done && worst) worst = done;
    }
    if (worst && !reader->digest_is_good())
      return fail(ErrorCode::corrupt, {"中身が目録と違います", "The object is not what the manifest says"});
    return worst;
  }

  Status take_member(journal::Journal& journal, const sync::TarReader::Member& member,
                     std::vector<Bytes>& blobs) {
    if (member.name.starts_with("blobs/")) {
      Bytes content = TRY(unpacked(member.content));
      if (member.name != "blobs/" + journal.address_of(content).hex() + ".zst")
        return fail(ErrorCode::corrupt, {"内容が番地と合いません", "A blob is not what its address says"},
                    member.name);
      blobs.push_back(std::move(content));
    } else if (member.name.starts_with("segments/")) {
      journal::LogRange range = TRY(sync::read_segment_text(TRY(unpacked(member.content))));
      range.blobs = std::move(blobs);
      blobs.clear();
      const std::uint64_t before = size_here(journal, range.log);
      TRY(journal.ingest(range));
      report_.facts += size_here(journal, range.log) - before;
      report_.blobs += range.blobs.size();
    }
    return {};
  }

  // Of those that its index names.
  std::uint64_t blobs_missing(journal::Journal& journal, const ObjectEntry& object) {
    const auto note = target_.read(std::string(kObjects) + "/" + object.name + ".json");
    const auto index = note ? read_document<ObjectIndex>(*note) : std::unexpected(note.error());
    std::uint64_t missing = 0;
    if (!index) return missing;
    const auto connection = journal.reader();
    for (const Hash& address : index->blobs) {
      const auto row =
          connection->query("SELECT 1 FROM journal_blob WHERE address = $1", store::Blob{address.bytes()});
      if (!row->next()) ++missing;
    }
    return missing;
  }

  void lose(journal::Journal& journal, const ObjectEntry& object, const Error& error) {
    Loss loss{object.name, error.in(Language::english), {}, 0};
    for (const LogStretch& stretch : object.logs) {
      const std::uint64_t size = size_here(journal, {stretch.node, stretch.stream});
      if (size < stretch.next)
        loss.logs.push_back({stretch.node, stretch.stream, std::max(size, stretch.first), stretch.next});
    }
    loss.blobs = blobs_missing(journal, object);
    report_.lost.push_back(std::move(loss));
  }

  // Heads, proofs, views, and the answers that the lost town gave when the backup was made.
  Status examine(town::Town& town) {
    progress_.report({"確かめています", "Verifying"}, 0, 0);
    const auto connection = town.journal().reader();
    report_.heads_equal = true;
    for (const BackupHead& head : manifest_.heads) {
      const auto note = [&]() -> std::optional<Bytes> {
        const auto log = journal::log_here(*connection, {head.node, head.stream});
        if (!log) return std::nullopt;
        return log->note;
      }();
      const auto read = note ? std::optional(journal::read_checkpoint(*note)) : std::nullopt;
      if (!read || !*read || (*read)->checkpoint.size != head.size || (*read)->checkpoint.root != head.root)
        report_.heads_equal = false;
    }
    {
      const store::Transaction snapshot(*connection, store::Transaction::Kind::read);
      report_.restored = answers_of(*connection, town.views());
      report_.differing = differences(report_.expected, report_.restored);
    }
    const auto verified =
        TRY(journal::verify(env_, town.database(), town.journal_options(), town.views(), {}, progress_));
    for (const journal::Finding& finding : verified.findings)
      report_.unsound.push_back(finding.place + ": " + finding.what.english);
    return {};
  }

  Env& env_;
  const town::Places& places_;
  Target& target_;
  std::string directory_;
  const OpeningKey& key_;
  Progress& progress_;
  std::int64_t began_;
  Manifest manifest_;
  TownFiles files_;
  town::TownProfile profile_;
  RestoreReport report_;
};

}  // namespace

Result<RestoreReport> restore(Env& env, const town::Places& places, Target& target,
                              const std::string& directory, const OpeningKey& key,
                              const RestoreSettings& settings, Progress& progress) {
  try {
    return Restoring(env, places, target, directory, key, progress).run(settings);
  } catch (const store::StoreError& failure) {
    return std::unexpected(failure.error());
  }
}

}  // namespace sonae::vault

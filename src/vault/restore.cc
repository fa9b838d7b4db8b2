#include "vault/restore.h"

#include <algorithm>
#include <set>

#include "journal/checkpoint.h"
#include "journal/reading.h"
#include "journal/verify.h"
#include "service/town_service.h"
#include "sync/segment_text.h"
#include "town/nodes/admission.h"
#include "town/nodes/nodes.h"
#include "vault/erasures.h"
#include "vault/going_back.h"
#include "vault/object_reader.h"
#include "vault/taking.h"
#include "vault/town_files.h"

namespace sonae::vault {

namespace {

// Stands in a directory that is being restored, and names the manifest.
constexpr std::string_view kMark = "/restoring.json";
constexpr Part kParts[] = {Part::registry, Part::reception, Part::rest};

class Restoring final : public Restoration {
 public:
  Restoring(Env& env, Target& target, std::string directory, const OpeningKey& key, Progress& progress)
      : env_(env),
        target_(target),
        directory_(std::move(directory)),
        key_(key),
        progress_(progress),
        began_(env.clock.monotonic_microseconds()) {}

  Status prepare(const RestoreSettings& settings) {
    TRY(choose(settings));
    return prepare_directory();
  }

  void announce(Arrival& arrival) const override {
    std::vector<PartArrival> parts;
    for (const Part part : kParts) {
      PartArrival one{.part = part};
      for (const ObjectEntry& object : objects_of(part)) {
        ++one.objects;
        one.bytes += object.bytes;
      }
      parts.push_back(one);
    }
    arrival.begin(report_.made, std::move(parts));
  }

  Result<RestoreReport> bring_back(town::Town& town, Arrival* arrival) override {
    // What the town is compared at: reception is here then, and nobody has written since.
    std::shared_ptr<store::Connection> reader;
    std::optional<store::Transaction> at_heads;
    Taking taking(target_, key_.identity, manifest_, town.journal(), report_);
    // What was erased since goes as it comes: before anybody can ask.
    const auto erased_since = TRY(erase_again(town, target_, manifest_, report_.problems));
    for (const Part part : kParts) {
      TRY(take_part(taking, part, arrival));
      take_branches(town.journal(), part);
      if (part == Part::registry) report_.seconds_to_registry = seconds();
      if (part == Part::reception) {
        report_.seconds_to_reception = seconds();
        reader = town.journal().reader();
        at_heads.emplace(*reader, store::Transaction::Kind::read);
        static_cast<void>(journal::logs_here(*reader));  // the transaction begins with its first reading
      }
      // Entries of nodes that only reception's log vouches for wait in quarantine until then.
      const bool waits = part == Part::registry && something_is_quarantined(town.journal());
      if (arrival != nullptr && part == Part::reception) arrival->arrived(Part::registry, seconds());
      if (arrival != nullptr && !waits) arrival->arrived(part, seconds());
    }
    report_.seconds = seconds();
    compare_answers(*reader, town, arrival != nullptr);
    report_.erased_again = count_here(*reader, erased_since);
    if (report_.erased_again > 0)
      std::ranges::move(std::exchange(report_.differing, {}), std::back_inserter(report_.not_compared));
    at_heads.reset();
    if (as_of_ && *as_of_ < report_.made) {
      report_.set_aside = TRY(go_back(town, *as_of_));
      report_.as_of = as_of_;
    }
    TRY(examine(town));
    TRY(env_.disk.remove(directory_ + std::string(kMark)));
    return std::move(report_);
  }

 private:
  double seconds() const { return static_cast<double>(env_.clock.monotonic_microseconds() - began_) / 1e6; }

  // The newest manifest that can be read, whose town's files can be opened too.
  Status choose(const RestoreSettings& settings) {
    auto manifests = TRY(read_manifests(target_, report_.problems));
    as_of_ = settings.as_of;
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
      report_.without = one.manifest.without;
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
    branches_.clear();
    std::vector<Bytes> blobs;
    while (const auto member = TRY(reader->next())) {
      if (member->name.starts_with("blobs/")) blobs.push_back(TRY(unpacked(member->content)));
      if (member->name.starts_with("branches/")) {
        branches_.push_back(TRY(sync::read_segment_text(TRY(unpacked(member->content)))));
        branches_.back().blobs = std::exchange(blobs, {});
      }
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
    TRY(write_tables(env_, directory_, files_));
    return town::make_directory(env_, directory_, profile_);  // last: where it stands, all does
  }

  std::vector<ObjectEntry> objects_of(Part part) const {
    std::vector<ObjectEntry> objects = manifest_.objects;
    std::erase_if(objects, [&](const ObjectEntry& object) {
      return object.logs.empty() || part_of(object.logs.front().stream) != part;
    });
    std::ranges::stable_sort(
        objects, {}, [](const ObjectEntry& object) { return restore_order(object.logs.front().stream); });
    return objects;
  }

  Status take_part(Taking& taking, Part part, Arrival* arrival) {
    const auto before = [&] {
      progress_.report({"控えから戻しています", "Restoring"}, done_++, manifest_.objects.size());
      return !progress_.stop_requested();
    };
    TRY(taking.take_or_remember(objects_of(part), before, [&](const ObjectEntry& object) {
      if (arrival != nullptr) arrival->took(part, object.bytes);
    }));
    if (!taking.something_failed()) return {};
    const std::size_t lost = TRY(taking.mend());
    if (arrival != nullptr) arrival->lost(lost);
    return {};
  }

  // What stands beside the part's logs. Where the log itself was lost, so is this: it hangs on the log.
  void take_branches(journal::Journal& journal, Part part) {
    for (const journal::LogRange& range : branches_) {
      if (part_of(range.log.stream) != part) continue;
      const Status taken = journal.ingest(range);
      if (taken)
        report_.facts += range.entries.size();
      else
        report_.problems.push_back(taken.error().in(Language::english));
    }
  }

  static bool something_is_quarantined(journal::Journal& journal) {
    return journal.reader()->query("SELECT 1 FROM journal_quarantine LIMIT 1")->next();
  }

  // Against the answers that the lost town gave when the backup was made.
  void compare_answers(store::Connection& at_heads, const town::Town& town, bool served) {
    progress_.report({"比べています", "Comparing"}, 0, 0);
    report_.restored = answers_of(at_heads, town.views());
    report_.differing = differences(report_.expected, report_.restored);
    if (!served) return;
    report_.not_compared = nodes::make_view()->table_names();
    report_.not_compared.push_back(
        "headquarters_event");  // the timeline tells of nodes, and of this one since
    std::erase_if(report_.differing, [&](const std::string& table) {
      return std::ranges::find(report_.not_compared, table) != report_.not_compared.end();
    });
  }

  // Heads, proofs, views.
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
    const auto verified =
        TRY(journal::verify(env_, town.database(), town.journal_options(), town.views(), {}, progress_));
    for (const journal::Finding& finding : verified.findings)
      report_.unsound.push_back(finding.place + ": " + finding.what.english);
    return {};
  }

  Env& env_;
  Target& target_;
  std::string directory_;
  const OpeningKey& key_;
  Progress& progress_;
  std::int64_t began_;
  std::uint64_t done_ = 0;  // objects
  std::optional<Instant> as_of_;
  Manifest manifest_;
  TownFiles files_;
  std::vector<journal::LogRange> branches_;
  town::TownProfile profile_;
  RestoreReport report_;
};

}  // namespace

Result<std::unique_ptr<Restoration>> Restoration::prepare(Env& env, Target& target,
                                                          const std::string& directory, const OpeningKey& key,
                                                          const RestoreSettings& settings,
                                                          Progress& progress) {
  auto made = std::make_unique<Restoring>(env, target, directory, key, progress);
  TRY(made->prepare(settings));
  return made;
}

json::value told(const RestoreReport& report) {
  json::value answer = to_json(report);
  for (const char* const name : {"expected", "restored"})
    answer.as_object().erase(name);
  return answer;
}

Result<RestoreReport> restore(Env& env, const town::Places& places, Target& target,
                              const std::string& directory, const OpeningKey& key,
                              const RestoreSettings& settings, Progress& progress) {
  try {
    const auto restoration = TRY(Restoration::prepare(env, target, directory, key, settings, progress));
    const auto views = service::make_views();
    const auto town =
        TRY(town::Town::open(env, places, directory, service::pointers_to(views), &nodes::admission()));
    return restoration->bring_back(*town, nullptr);
  } catch (const store::StoreError& failure) {
    return std::unexpected(failure.error());
  }
}

Status is_not_being_restored(Env& env, const std::string& directory) {
  if (!env.disk.status(directory + std::string(kMark))) return {};
  return fail(
      ErrorCode::conflict,
      {"控えから戻している途中の町です", "This town is being restored and not all of it is here"}, directory,
      {"sonae restore をもう一度動かすと続きから進みます。戻しながら使うには --serve を付けてください",
       "Run sonae restore again: it goes on from there; with --serve it serves meanwhile"});
}

}  // namespace sonae::vault

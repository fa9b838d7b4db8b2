#include "vault/taking.h"

#include <algorithm>
#include <map>

#include "journal/reading.h"

namespace sonae::vault {

namespace {

// So much is stored together. More would not be much cheaper, and others could not write meanwhile.
constexpr std::size_t kGatheredBytes = std::size_t{4} << 20;

std::size_t weight_of(const journal::ReadyRange& range) {
  std::size_t bytes = 0;
  for (const journal::EntryToStore& entry : range.entries)
    bytes += entry.header_bytes.size() + entry.body.size();
  for (const journal::PreparedBlob& blob : range.blobs)
    bytes += blob.frame.size();
  return bytes;
}

// Says nothing of what was to be stored.
bool is_of_this_machine(ErrorCode code) {
  return code == ErrorCode::disk_full || code == ErrorCode::io_failure || code == ErrorCode::busy;
}

}  // namespace

Status Taking::take_or_remember(const std::vector<ObjectEntry>& objects, const std::function<bool()>& before,
                                const std::function<void(const ObjectEntry&)>& after) {
  std::vector<ObjectEntry> wanted = objects;
  std::erase_if(wanted, [&](const ObjectEntry& object) { return is_here(object); });
  Unpacking unpacking(target_, identity_, journal_, wanted);
  auto next = wanted.begin();
  for (const ObjectEntry& object : objects) {
    if (!before())
      return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"}, {},
                  {"もう一度始めれば続きから進みます", "Start again: it goes on from here"});
    if (next != wanted.end() && next->name == object.name) {
      const Status taken = take(unpacking);
      TRY(Status(end_));
      if (!taken) failed_.push_back({object, taken.error()});
      ++next;
    }
    after(object);
  }
  return journal_.settle();
}

// What one object lacks may lie in objects of other backups: of an earlier full one, of another node.
Result<std::size_t> Taking::mend() {
  std::vector<ObjectEntry> others;
  for (const std::string& file : TRY(target_.list(std::string(kObjects)))) {
    if (!file.ends_with(".json")) continue;
    const auto note = target_.read(std::string(kObjects) + "/" + file);
    const auto index = note ? read_document<ObjectIndex>(*note) : std::unexpected(note.error());
    if (index && index->town == manifest_.town && !index->logs.empty() && not_beyond(*index))
      others.push_back({index->name, index->digest, index->bytes, index->logs});
  }
  // And those that only waited for what was before them.
  for (const Failed& one : failed_)
    others.push_back(one.object);
  for (bool more = true; more;) {
    more = false;
    for (const ObjectEntry& other : others) {
      const bool helps = std::ranges::any_of(other.logs, [&](const LogStretch& stretch) {
        const std::uint64_t size = size_here({stretch.node, stretch.stream});
        return stretch.first <= size && size < stretch.next;
      });
      const std::uint64_t before = report_.facts;
      if (!helps) continue;
      Unpacking unpacking(target_, identity_, journal_, {other});
      static_cast<void>(take(unpacking));  // as far as it goes
      TRY(Status(end_));
      more = more || report_.facts > before;
    }
  }
  std::erase_if(failed_, [&](const Failed& one) {
    return blobs_missing(one.object) == 0 &&
           std::ranges::all_of(one.object.logs, [&](const LogStretch& stretch) {
             return size_here({stretch.node, stretch.stream}) >= stretch.next;
           });
  });
  const std::size_t count = failed_.size();
  for (const Failed& one : failed_)
    lose(one.object, one.error);
  failed_.clear();
  TRY(journal_.settle());
  return count;
}

// The state that is brought back is the manifest's, not a later one.
bool Taking::not_beyond(const ObjectIndex& index) const {
  return std::ranges::all_of(index.logs, [&](const LogStretch& stretch) {
    return std::ranges::any_of(manifest_.heads, [&](const BackupHead& head) {
      return head.node == stretch.node && head.stream == stretch.stream && stretch.next <= head.size;
    });
  });
}

std::uint64_t Taking::size_here(const journal::LogId& log) {
  const auto here = journal::log_here(*journal_.reader(), log);
  return here ? here->size : 0;
}

// Of a restore that was cut off.
bool Taking::is_here(const ObjectEntry& object) {
  return std::ranges::all_of(object.logs, [&](const LogStretch& stretch) {
    return size_here({stretch.node, stretch.stream}) >= stretch.next;
  });
}

// The object that comes next.
Status Taking::take(Unpacking& unpacking) {
  Status worst;
  const auto note = [&](const Status& done) {
    if (!done && worst) worst = done;
  };
  std::vector<journal::ReadyRange> gathered;
  std::size_t weight = 0;
  for (;;) {
    Unpacked one = unpacking.next();
    if (one.opened) {
      ++report_.objects;
      report_.bytes += one.bytes;
    }
    if (one.range) {
      weight += weight_of(*one.range);
      gathered.push_back(std::move(*one.range));
    } else {
      if (one.of_this_machine) end_ = one.status;
      note(one.status);
    }
    if (weight >= kGatheredBytes || one.ended) {
      note(take(gathered));
      gathered.clear();
      weight = 0;
    }
    if (!one.ended) continue;
    if (worst && one.digest_wrong)
      return fail(ErrorCode::corrupt, {"中身が目録と違います", "The object is not what the manifest says"});
    return worst;
  }
}

// Together, so that tables which are changed all over are written once for all of them; alone where one of
// them cannot be taken.
Status Taking::take(std::span<const journal::ReadyRange> ranges) {
  if (ranges.empty()) return {};
  std::map<journal::LogId, std::uint64_t> before;
  for (const journal::ReadyRange& range : ranges)
    before.try_emplace(range.log, size_here(range.log));
  Status stored = journal_.ingest_ready(ranges);
  if (!stored && is_of_this_machine(stored.error().code)) {
    end_ = stored;
  } else if (!stored && ranges.size() > 1) {
    Status worst;
    for (const journal::ReadyRange& range : ranges)
      if (const Status done = take(std::span(&range, 1)); !done && worst) worst = done;
    return worst;
  }
  if (!stored) return stored;
  for (const auto& [log, size] : before)
    report_.facts += size_here(log) - size;
  for (const journal::ReadyRange& range : ranges)
    report_.blobs += range.blobs.size();
  return {};
}

// Of those that its index names.
std::uint64_t Taking::blobs_missing(const ObjectEntry& object) {
  const auto note = target_.read(std::string(kObjects) + "/" + object.name + ".json");
  const auto index = note ? read_document<ObjectIndex>(*note) : std::unexpected(note.error());
  std::uint64_t missing = 0;
  if (!index) return missing;
  const auto connection = journal_.reader();
  for (const Hash& address : index->blobs) {
    const auto row =
        connection->query("SELECT 1 FROM journal_blob WHERE address = $1", store::Blob{address.bytes()});
    if (!row->next()) ++missing;
  }
  return missing;
}

void Taking::lose(const ObjectEntry& object, const Error& error) {
  Loss loss{object.name, error.in(Language::english), {}, 0};
  for (const LogStretch& stretch : object.logs) {
    const std::uint64_t size = size_here({stretch.node, stretch.stream});
    if (size < stretch.next)
      loss.logs.push_back({stretch.node, stretch.stream, std::max(size, stretch.first), stretch.next});
  }
  loss.blobs = blobs_missing(object);
  report_.lost.push_back(std::move(loss));
}

}  // namespace sonae::vault

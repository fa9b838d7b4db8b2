#include "vault/taking.h"

#include <algorithm>

#include "journal/reading.h"

namespace sonae::vault {

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
  for (;;) {
    const Unpacked one = unpacking.next();
    if (one.opened) {
      ++report_.objects;
      report_.bytes += one.bytes;
    }
    const Status done = one.range ? take(*one.range) : one.status;
    if (one.of_this_machine) end_ = done;
    if (!done && worst) worst = done;
    if (!one.ended) continue;
    if (worst && one.digest_wrong)
      return fail(ErrorCode::corrupt, {"中身が目録と違います", "The object is not what the manifest says"});
    return worst;
  }
}

Status Taking::take(const journal::ReadyRange& range) {
  const std::uint64_t before = size_here(range.log);
  Status stored = journal_.ingest_ready(range);
  if (!stored && (stored.error().code == ErrorCode::disk_full ||
                  stored.error().code == ErrorCode::io_failure || stored.error().code == ErrorCode::busy))
    end_ = stored;
  if (!stored) return stored;
  report_.facts += size_here(range.log) - before;
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

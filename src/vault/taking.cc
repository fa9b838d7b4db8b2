#include "vault/taking.h"

#include <zstd.h>

#include <algorithm>

#include "journal/frame.h"
#include "journal/reading.h"
#include "sync/segment_text.h"

namespace sonae::vault {

namespace {

constexpr std::uint64_t kMostUnpacked = std::uint64_t{1} << 30;

}  // namespace

Result<Bytes> unpacked(BytesView frame) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size <= kMostUnpacked)  // the two marks for "not known" are larger
    if (auto content = journal::unframed(frame, size)) return std::move(*content);
  return fail(ErrorCode::corrupt, {"圧縮された中身が壊れています", "A compressed member is damaged"});
}

void Taking::take_or_remember(const ObjectEntry& object) {
  const Status taken = take(object);
  if (!taken) failed_.push_back({object, taken.error()});
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
      static_cast<void>(take(other));  // as far as it goes
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

Status Taking::take(const ObjectEntry& object) {
  const bool here = std::ranges::all_of(object.logs, [&](const LogStretch& stretch) {
    return size_here({stretch.node, stretch.stream}) >= stretch.next;
  });
  if (here) return {};  // of a restore that was cut off
  const auto reader = TRY(ObjectReader::open(target_, object, identity_));
  ++report_.objects;
  report_.bytes += reader->bytes();
  std::vector<Bytes> blobs;
  Status worst;
  for (;;) {
    const auto member = reader->next();
    if (!member) return std::unexpected(member.error());  // nothing can be read behind it
    if (!*member) break;
    const Status done = take_member(**member, blobs);
    if (!done && worst) worst = done;
  }
  if (worst && !reader->digest_is_good())
    return fail(ErrorCode::corrupt, {"中身が目録と違います", "The object is not what the manifest says"});
  return worst;
}

Status Taking::take_member(const sync::TarReader::Member& member, std::vector<Bytes>& blobs) {
  if (member.name.starts_with("blobs/")) {
    Bytes content = TRY(unpacked(member.content));
    if (member.name != "blobs/" + journal_.address_of(content).hex() + ".zst")
      return fail(ErrorCode::corrupt, {"内容が番地と合いません", "A blob is not what its address says"},
                  member.name);
    blobs.push_back(std::move(content));
  } else if (member.name.starts_with("segments/")) {
    journal::LogRange range = TRY(sync::read_segment_text(TRY(unpacked(member.content))));
    range.blobs = std::move(blobs);
    blobs.clear();
    const std::uint64_t before = size_here(range.log);
    TRY(journal_.ingest(range));
    report_.facts += size_here(range.log) - before;
    report_.blobs += range.blobs.size();
  }
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

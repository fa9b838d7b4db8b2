#include "vault/unpacking.h"

#include <zstd.h>

#include <new>
#include <system_error>

#include "journal/frame.h"
#include "sync/segment_text.h"

namespace sonae::vault {

namespace {

constexpr std::uint64_t kMostUnpacked = std::uint64_t{1} << 30;
// One is written, so many wait: enough that neither side stands still, and memory stays at a few segments.
constexpr std::size_t kAhead = 3;

Unpacked out_of_memory() {
  return {.range = {},
          .status = std::unexpected(Error{
              ErrorCode::too_large,
              {"メモリが足りません", "There is not enough memory"},
              {},
              {"ほかのプログラムを閉じて、もう一度始めてください", "Close other programs and start again"}}),
          .of_this_machine = true,
          .ended = true};
}

// Nothing more comes of this object.
Unpacked ended_with(Error error) {
  return {.range = {}, .status = std::unexpected(std::move(error)), .ended = true};
}

}  // namespace

Result<Bytes> unpacked(BytesView frame) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size <= kMostUnpacked)  // the two marks for "not known" are larger
    if (auto content = journal::unframed(frame, size)) return std::move(*content);
  return fail(ErrorCode::corrupt, {"圧縮された中身が壊れています", "A compressed member is damaged"});
}

Unpacking::Unpacking(Target& target, const AgeIdentity& identity, const journal::Journal& journal,
                     std::vector<ObjectEntry> objects)
    : target_(target),
      identity_(identity),
      journal_(journal),
      objects_(std::move(objects)),
      queue_(kAhead),
      thread_([this] { run(); }) {}

Unpacking::~Unpacking() {
  queue_.close();
  thread_.join();
}

Unpacked Unpacking::next() {
  std::optional<Unpacked> taken = queue_.take();
  return taken ? std::move(*taken) : out_of_memory();
}

void Unpacking::run() {
  try {
    for (const ObjectEntry& object : objects_)
      if (!unpack_or_tell(object)) return;
  } catch (const std::bad_alloc&) {  // not even for telling it
    queue_.close();
  }
}

bool Unpacking::unpack_or_tell(const ObjectEntry& object) {
  try {
    return unpack(object);
  } catch (const std::bad_alloc&) {
    return queue_.put(out_of_memory());
  } catch (const std::system_error& failure) {  // std::filesystem's too
    return queue_.put(ended_with({ErrorCode::io_failure,
                                  {"控えを読めません（" + failure.code().message() + "）",
                                   "The backup cannot be read (" + failure.code().message() + ")"},
                                  object.name,
                                  {}}));
  } catch (const std::exception&) {
    return queue_.put(ended_with({ErrorCode::internal,
                                  {"控えを読む途中で、思いがけない誤りがありました",
                                   "Something unexpected happened while the backup was read"},
                                  object.name,
                                  {}}));
  }
}

// False where nobody takes any more.
bool Unpacking::unpack(const ObjectEntry& object) {
  const auto reader = ObjectReader::open(target_, object, identity_);
  if (!reader) return queue_.put(ended_with(reader.error()));
  if (!queue_.put({.range = {}, .status = {}, .opened = true, .bytes = (*reader)->bytes()})) return false;
  Status worst;
  std::vector<journal::PreparedBlob> blobs;
  for (;;) {
    const auto member = (*reader)->next();
    if (!member) return queue_.put(ended_with(member.error()));  // nothing can be read behind it
    if (!*member) break;
    auto ready = unpack(**member, blobs);
    if (!ready && worst) worst = std::unexpected(ready.error());
    if (ready && *ready && !queue_.put({.range = std::move(*ready), .status = {}})) return false;
  }
  return queue_.put(
      {.range = {}, .status = std::move(worst), .ended = true, .digest_wrong = !(*reader)->digest_is_good()});
}

Result<std::optional<journal::ReadyRange>> Unpacking::unpack(
    const sync::TarReader::Member& member, std::vector<journal::PreparedBlob>& blobs) const {
  if (member.name.starts_with("blobs/")) {
    const Bytes content = TRY(unpacked(member.content));
    const Hash address = journal_.address_of(content);
    if (member.name != "blobs/" + address.hex() + ".zst")
      return fail(ErrorCode::corrupt, {"内容が番地と合いません", "A blob is not what its address says"},
                  member.name);
    blobs.push_back({address, content.size(), member.content});  // kept as it came: it is a frame already
  } else if (member.name.starts_with("segments/")) {
    auto ready = TRY(journal::make_ready(TRY(sync::read_segment_text(TRY(unpacked(member.content)))), {}));
    ready.blobs = std::exchange(blobs, {});
    return ready;
  }
  return std::nullopt;
}

}  // namespace sonae::vault

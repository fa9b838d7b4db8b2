#include "sync/thin_entries.h"

#include <zstd.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "journal/header.h"
#include "sync/packing.h"

namespace sonae::sync {

namespace {

using journal::Header;
using journal::LogEntry;

constexpr std::size_t kIdBytes = 16, kIdLetters = 26, kHexDigits = 64, kSaltBytes = 16, kMintedTime = 6;
constexpr std::size_t kLargestPlain = std::size_t{64} << 20;
// What stands in a body for a quoted id and for a quoted hash: bytes that no JSON text holds.
constexpr char kIdMark = '\x01', kHashMark = '\x02';

enum Flag : std::uint64_t {
  kNoFlags = 0,
  kErased = 1,
  kHeaderAsIs = 2,  // not written as header_text writes
  kMinted = 4,      // the id begins with the header's time
  kPlainSalt = 8,   // 16 bytes
  kBodyAsIs = 16,
};

std::unexpected<Error> not_thin() {
  return fail(ErrorCode::invalid_input, {"同期の内容が読めません", "These are no entries"});
}

std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

std::optional<Bytes> id_of(std::string_view text) {
  if (text.size() != kIdLetters) return std::nullopt;
  auto bytes = from_base32(text);
  if (!bytes || bytes->size() != kIdBytes || to_base32(*bytes) != text) return std::nullopt;
  return std::move(*bytes);
}

std::optional<Bytes> hash_of(std::string_view text) {
  if (text.size() != kHexDigits) return std::nullopt;
  auto bytes = from_hex(text);
  if (!bytes || to_hex(*bytes) != text) return std::nullopt;
  return std::move(*bytes);
}

Bytes minted_time(const Header& header) {
  return to_big_endian(static_cast<std::uint64_t>(header.time.wall.milliseconds)).substr(8 - kMintedTime);
}

// Things that repeat: 0 and the thing for a new one, else how many back the last equal one was numbered.
class Writer {
 public:
  void entry(const LogEntry& entry) {
    const auto header = journal::read_header(entry.header);
    const bool as_is = !header || journal::header_text(*header) != entry.header;
    const bool minted = !as_is && header->id.bytes().starts_with(minted_time(*header)) &&
                        !ids_.contains(Bytes(header->id.bytes()));
    const bool plain = entry.body.find_first_of(std::string_view("\0\1\2", 3)) == Bytes::npos;
    plan_.number((entry.body_hash ? kErased : kNoFlags) | (as_is ? kHeaderAsIs : kNoFlags) |
                 (minted ? kMinted : kNoFlags) | (entry.salt.size() == kSaltBytes ? kPlainSalt : kNoFlags) |
                 (plain ? kNoFlags : kBodyAsIs));
    if (as_is)
      text(entry.header);
    else
      write(*header, minted);
    if (entry.body_hash) return raw_.fixed(entry.body_hash->bytes());
    if (entry.salt.size() == kSaltBytes)
      raw_.fixed(entry.salt);
    else
      text(entry.salt);
    body(plain, entry.body);
  }

  Bytes finish(std::size_t count, int level) {
    Packer plain;
    plain.number(count);
    plain.text(plan_.take());
    plain.fixed(texts_);
    const Bytes content = plain.take();
    Bytes packed(ZSTD_compressBound(content.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), content.data(), content.size(), level));
    Packer out;
    out.text(packed);
    out.fixed(raw_.take());
    return out.take();
  }

 private:
  void text(BytesView bytes) {
    plan_.number(bytes.size());
    texts_ += bytes;
  }
  void word(const std::string& word) {
    const auto [known, fresh] = words_.try_emplace(word, words_.size() + 1);
    plan_.number(fresh ? 0 : known->second);
    if (fresh) text(word);
  }
  void id(BytesView bytes) {
    const auto [known, fresh] = ids_.try_emplace(Bytes(bytes), ids_.size());
    plan_.number(fresh ? 0 : ids_.size() - known->second);
    if (fresh) raw_.fixed(bytes);
  }
  void write(const Header& header, bool minted) {
    plan_.number(zigzag(header.time.wall.milliseconds - last_ms_));
    last_ms_ = header.time.wall.milliseconds;
    plan_.number(header.time.counter);
    if (minted) {
      ids_.try_emplace(Bytes(header.id.bytes()), ids_.size());
      raw_.fixed(header.id.bytes().substr(kMintedTime));
    } else {
      id(header.id.bytes());
    }
    word(header.kind);
    plan_.number(header.subjects.size());
    for (const journal::Subject& subject : header.subjects) {
      word(subject.kind);
      const auto short_form = id_of(subject.id);
      plan_.number(short_form ? 1 : 0);
      if (short_form)
        id(*short_form);
      else
        text(subject.id);
    }
    id(header.device.bytes());
    id(header.grant.bytes());
    plan_.number(header.supersedes.size());
    for (const FactId& one : header.supersedes)
      id(one.bytes());
  }
  // The length of the text stands in the plan before the ids that its marks stand for.
  void body(bool plain, const Bytes& bytes) {
    if (!plain) return text(bytes);
    Packer before = std::exchange(plan_, {});
    const Bytes made = thinned(bytes);
    const Bytes ids = std::exchange(plan_, std::move(before)).take();
    text(made);
    plan_.fixed(ids);
  }
  Bytes thinned(BytesView body) {
    Bytes made;
    for (std::size_t at = 0; at < body.size();) {
      const auto quoted = [&](std::size_t letters) {
        return body[at] == '"' && at + letters + 1 < body.size() && body[at + letters + 1] == '"'
                   ? body.substr(at + 1, letters)
                   : BytesView{};
      };
      if (const auto found = id_of(quoted(kIdLetters))) {
        made += kIdMark;
        id(*found);
        at += kIdLetters + 2;
      } else if (const auto hash = hash_of(quoted(kHexDigits))) {
        made += kHashMark;
        raw_.fixed(*hash);
        at += kHexDigits + 2;
      } else {
        made += body[at++];
      }
    }
    return made;
  }

  Packer plan_, raw_;
  Bytes texts_;
  std::unordered_map<std::string, std::size_t> words_;
  std::unordered_map<Bytes, std::size_t> ids_;
  std::int64_t last_ms_ = 0;
};

class Reader {
 public:
  Reader(BytesView plan, BytesView texts, BytesView raw) : plan_(plan), texts_(texts), raw_(raw) {}

  Result<LogEntry> entry() {
    const std::uint64_t flags = plan_.number();
    LogEntry entry;
    entry.header =
        (flags & kHeaderAsIs) != 0 ? Bytes(text()) : journal::header_text(header((flags & kMinted) != 0));
    if ((flags & kErased) != 0) {
      entry.body_hash = TRY(Hash::from_bytes(raw_.fixed(32)));
    } else {
      entry.salt = (flags & kPlainSalt) != 0 ? raw_.fixed(kSaltBytes) : text();
      const std::uint64_t size = plan_.number();
      const BytesView body = texts_.fixed(size);
      entry.body = (flags & kBodyAsIs) != 0 ? Bytes(body) : thickened(body);
    }
    if (!good_ || !plan_.good() || !texts_.good() || !raw_.good()) return not_thin();
    return entry;
  }
  bool finished() const { return plan_.finished() && texts_.finished() && raw_.finished(); }

 private:
  BytesView text() { return texts_.fixed(plan_.number()); }
  std::string word() {
    const std::uint64_t number = plan_.number();
    if (number == 0) return words_.emplace_back(text());
    if (number > words_.size()) return good_ = false, std::string();
    return words_[number - 1];
  }
  Bytes id() {
    const std::uint64_t back = plan_.number();
    if (back == 0) {
      const BytesView fresh = raw_.fixed(kIdBytes);
      if (fresh.size() != kIdBytes) return good_ = false, Bytes(kIdBytes, '\0');
      return ids_.emplace_back(fresh);
    }
    if (back > ids_.size()) return good_ = false, Bytes(kIdBytes, '\0');
    return ids_[ids_.size() - back];
  }
  template <class Id>
  Id id_as() {
    return *Id::from_bytes(id());
  }
  Header header(bool minted) {
    Header made;
    last_ms_ = static_cast<std::int64_t>(static_cast<std::uint64_t>(last_ms_) +
                                         static_cast<std::uint64_t>(unzigzag(plan_.number())));
    made.time.wall.milliseconds = last_ms_;
    made.time.counter = static_cast<decltype(made.time.counter)>(plan_.number());
    if (minted) {
      const BytesView rest = raw_.fixed(kIdBytes - kMintedTime);
      if (rest.empty()) return good_ = false, made;
      made.id = *FactId::from_bytes(minted_time(made) + Bytes(rest));
      ids_.emplace_back(made.id.bytes());
    } else {
      made.id = id_as<FactId>();
    }
    made.kind = word();
    const std::uint64_t subjects = plan_.number();
    for (std::uint64_t i = 0; i < subjects && good_ && plan_.good(); ++i) {
      journal::Subject subject{word(), {}};
      subject.id = plan_.number() == 1 ? to_base32(id()) : std::string(text());
      made.subjects.push_back(std::move(subject));
    }
    made.device = id_as<NodeId>();
    made.grant = id_as<GrantId>();
    const std::uint64_t supersedes = plan_.number();
    for (std::uint64_t i = 0; i < supersedes && good_ && plan_.good(); ++i)
      made.supersedes.push_back(id_as<FactId>());
    // A time that no calendar holds must not reach the code that writes times.
    constexpr std::int64_t kYear9999 = 253'402'300'799'999;
    if (last_ms_ < 0 || last_ms_ > kYear9999) return good_ = false, Header{};
    return made;
  }
  Bytes thickened(BytesView body) {
    Bytes made;
    for (const char one : body) {
      if (!good_ || !raw_.good()) break;
      if (one == kIdMark)
        made += '"' + to_base32(id()) + '"';
      else if (one == kHashMark)
        made += '"' + to_hex(raw_.fixed(32)) + '"';
      else
        made += one;
    }
    return made;
  }

  Unpacker plan_, texts_, raw_;
  std::vector<std::string> words_;
  std::vector<Bytes> ids_;
  std::int64_t last_ms_ = 0;
  bool good_ = true;
};

}  // namespace

Bytes thin(const std::vector<LogEntry>& entries, int level) {
  Writer writer;
  for (const LogEntry& entry : entries)
    writer.entry(entry);
  return writer.finish(entries.size(), level);
}

Result<std::vector<LogEntry>> thick(BytesView bytes) {
  Unpacker in(bytes);
  const BytesView packed = in.text();
  if (!in.good()) return not_thin();
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > kLargestPlain)
    return not_thin();
  Bytes content(size, '\0');
  if (ZSTD_decompress(content.data(), content.size(), packed.data(), packed.size()) != size)
    return not_thin();
  Unpacker plain(content);
  const std::uint64_t count = plain.number();
  const BytesView plan = plain.text();
  if (!plain.good() || count > plan.size()) return not_thin();
  Reader reader(plan, plain.fixed(plain.left()), in.fixed(in.left()));
  std::vector<LogEntry> entries;
  for (std::uint64_t i = 0; i < count; ++i)
    entries.push_back(TRY(reader.entry()));
  if (!reader.finished()) return not_thin();
  return entries;
}

}  // namespace sonae::sync

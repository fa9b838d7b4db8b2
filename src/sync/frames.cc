#include "sync/frames.h"

#include <zstd.h>

#include "sync/packing.h"
#include "sync/thin_entries.h"

namespace sonae::sync {

namespace {

// The first byte of a frame. JSON frames are the text; the others are packed. 0x80 is added where what
// follows is one zstd frame.
enum class Kind : std::uint8_t { hello = 1, want, piece, want_blob, blob_piece, cosigned, refusal };
constexpr unsigned char kCompressed = 0x80;
constexpr std::size_t kWorthCompressing = 128;
constexpr std::size_t kLargestFrame = std::size_t{64} << 20;  // unpacked
constexpr int kLevel = 12;  // beyond it costs time and saves little in pieces of this size

std::unexpected<Error> no_frame() {
  return fail(ErrorCode::invalid_input, {"同期の内容が読めません", "This is not a frame of sync"});
}

Bytes wrapped(Kind kind, Bytes content) {
  const auto mark = static_cast<unsigned char>(kind);
  if (content.size() >= kWorthCompressing && kind != Kind::blob_piece && kind != Kind::piece) {
    Bytes packed(ZSTD_compressBound(content.size()), '\0');
    const std::size_t size =
        ZSTD_compress(packed.data(), packed.size(), content.data(), content.size(), kLevel);
    if (ZSTD_isError(size) == 0 && size < content.size()) {
      packed.resize(size);
      return static_cast<char>(mark | kCompressed) + packed;
    }
  }
  return static_cast<char>(mark) + content;
}

Result<Bytes> unwrapped(BytesView bytes) {
  const auto mark = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  if ((mark & kCompressed) == 0) return Bytes(bytes);
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > kLargestFrame)
    return no_frame();
  Bytes content(size, '\0');
  if (ZSTD_decompress(content.data(), content.size(), bytes.data(), bytes.size()) != size) return no_frame();
  return content;
}

template <class Body>
Result<Frame> read_json(BytesView text) {
  Body body = TRY(from_json_text<Body>(text));
  return Frame(std::move(body));
}

Bytes pack(const Piece& piece, int level) {
  Packer out;
  out.fixed(piece.key.bytes());
  out.number(static_cast<std::uint64_t>(piece.log.stream));
  out.number(piece.first);
  out.number(piece.target);
  out.text(piece.note);
  out.number(piece.blobs.size());
  for (const Hash& address : piece.blobs)
    out.fixed(address.bytes());
  out.fixed(thin(piece.entries, level));
  return out.take();
}

Result<Frame> unpack_piece(BytesView bytes) {
  Unpacker in(bytes);
  Piece piece;
  piece.key = TRY(PublicKey::from_bytes(in.fixed(32)));
  piece.log.node = node_id_of(piece.key);
  const std::uint64_t stream = in.number();
  if (stream > 3) return no_frame();
  piece.log.stream = static_cast<journal::Stream>(stream);
  piece.first = in.number();
  piece.target = in.number();
  piece.note = in.text();
  const std::uint64_t blobs = in.number();
  if (!in.good() || blobs > in.left()) return no_frame();
  for (std::uint64_t i = 0; i < blobs; ++i)
    piece.blobs.push_back(TRY(Hash::from_bytes(in.fixed(32))));
  if (!in.good()) return no_frame();
  piece.entries = TRY(thick(in.fixed(in.left())));
  return Frame(std::move(piece));
}

Bytes pack(const BlobPiece& piece) {
  Packer out;
  out.fixed(piece.address.bytes());
  out.number(piece.offset);
  out.number(piece.total);
  out.number(piece.size);
  out.fixed(piece.bytes);
  return out.take();
}

Result<Frame> unpack_blob_piece(BytesView bytes) {
  Unpacker in(bytes);
  BlobPiece piece;
  piece.address = TRY(Hash::from_bytes(in.fixed(32)));
  piece.offset = in.number();
  piece.total = in.number();
  piece.size = in.number();
  if (!in.good()) return no_frame();
  piece.bytes = in.fixed(in.left());
  return Frame(std::move(piece));
}

struct Encoder {
  int level;
  template <class Body>
  static Bytes json(Kind kind, const Body& body) {
    return wrapped(kind, to_text(to_json(body)));
  }
  Bytes operator()(const Hello& body) const { return json(Kind::hello, body); }
  Bytes operator()(const Want& body) const { return json(Kind::want, body); }
  Bytes operator()(const Piece& body) const { return wrapped(Kind::piece, pack(body, level)); }
  Bytes operator()(const WantBlob& body) const { return json(Kind::want_blob, body); }
  Bytes operator()(const BlobPiece& body) const { return wrapped(Kind::blob_piece, pack(body)); }
  Bytes operator()(const Cosigned& body) const { return json(Kind::cosigned, body); }
  Bytes operator()(const Refusal& body) const { return json(Kind::refusal, body); }
};

}  // namespace

Bytes encode(const Frame& frame, int level) {
  return std::visit(Encoder{level}, frame);
}

Result<Frame> decode(BytesView bytes) {
  if (bytes.empty()) return no_frame();
  const auto kind = static_cast<Kind>(static_cast<unsigned char>(bytes.front()) & ~kCompressed);
  const Bytes content = TRY(unwrapped(bytes));
  switch (kind) {
    case Kind::hello:
      return read_json<Hello>(content);
    case Kind::want:
      return read_json<Want>(content);
    case Kind::piece:
      return unpack_piece(content);
    case Kind::want_blob:
      return read_json<WantBlob>(content);
    case Kind::blob_piece:
      return unpack_blob_piece(content);
    case Kind::cosigned:
      return read_json<Cosigned>(content);
    case Kind::refusal:
      return read_json<Refusal>(content);
  }
  return no_frame();
}

}  // namespace sonae::sync

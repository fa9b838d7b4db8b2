// What two nodes say to each other: frames, each whole in itself, that may be lost, doubled or change places
// on the way without harm (docs/formats.md, "Frames of sync"). Nothing here knows how frames travel.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "journal/ingest.h"

namespace sonae::sync {

// How far a log reaches, and the first 8 bytes of its root there (hex): enough to see whether two nodes hold
// the same history; what is taken is proven by the signed note that comes with it.
struct Head {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t size = 0;
  std::string root;
};
BOOST_DESCRIBE_STRUCT(Head, (), (node, stream, size, root))

// "This is what I hold." Said first, and again when everything that was wanted has come (`complete`), or when
// no answer came.
struct Hello {
  std::string format = "sonae sync 1";
  TownId town;
  NodeId node;
  bool gives = true;  // one-way exchanges: gives nothing, or takes nothing
  bool takes = true;
  bool complete = false;  // everything that your last Hello announced is here
  bool asks = false;      // no answer came: say your Hello again
  std::vector<Head> heads;
  std::optional<std::vector<Head>> branches;  // of forked logs: the histories beside the log
};
BOOST_DESCRIBE_STRUCT(Hello, (), (format, town, node, gives, takes, complete, asks, heads, branches))

// "Send this log from `first` on, to the next signed head." `whole`: to the newest head, however far; of the
// branch whose head has this root, where one is named.
struct Want {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t first = 0;
  bool whole = false;
  std::optional<std::string> branch;
};
BOOST_DESCRIBE_STRUCT(Want, (), (node, stream, first, whole, branch))

// A piece of a range that ends at the signed head of size `target`; the note stands in the last piece.
// `blobs` are the addresses that these entries name.
struct Piece {
  journal::LogId log;
  PublicKey key;
  std::uint64_t first = 0;
  std::uint64_t target = 0;
  Bytes note;
  std::vector<Hash> blobs;
  std::vector<journal::LogEntry> entries;
};

struct WantBlob {
  Hash address;
  std::uint64_t offset = 0;
  journal::Stream stream = journal::Stream::ordinary;  // how urgent it is
};
BOOST_DESCRIBE_STRUCT(WantBlob, (), (address, offset, stream))

// A part of a blob's stored form (one zstd frame of `total` bytes; `size` of content).
struct BlobPiece {
  Hash address;
  std::uint64_t offset = 0;
  std::uint64_t total = 0;
  std::uint64_t size = 0;
  Bytes bytes;
};

// "I have seen this head of yours, and it continues what I saw before": a signature line of C2SP
// tlog-cosignature.
struct Cosigned {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t size = 0;
  std::string line;
};
BOOST_DESCRIBE_STRUCT(Cosigned, (), (node, stream, size, line))

// The exchange cannot go on.
struct Refusal {
  std::string code;
  std::string what;
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (code, what))

using Frame = std::variant<Hello, Want, Piece, WantBlob, BlobPiece, Cosigned, Refusal>;

// `level`: of zstd, for the entries of a piece.
Bytes encode(const Frame& frame, int level = 3);
// invalid_input where the bytes are no frame of this version.
Result<Frame> decode(BytesView bytes);

}  // namespace sonae::sync

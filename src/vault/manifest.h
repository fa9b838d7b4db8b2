// What a backup consists of, as it stands at the target: manifests, and the index of each object. Both are
// plain, signed by the node that wrote them, and tell nobody's data (docs/formats.md, "Backups").
#pragma once

#include <map>
#include <optional>

#include "sync/bundle.h"
#include "vault/target.h"

namespace sonae::vault {

using sync::LogStretch;

// How far a log was, with the root of its tree there.
struct BackupHead {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t size = 0;
  Hash root;
  friend bool operator==(const BackupHead&, const BackupHead&) = default;
};
BOOST_DESCRIBE_STRUCT(BackupHead, (), (node, stream, size, root))

// objects/<name>.json, beside objects/<name>.age: written after it, so that what has an index is whole.
struct ObjectIndex {
  std::string format = "sonae backup object 1";
  TownId town;
  NodeId node;
  std::string key;  // of the node, base64
  Instant made;
  std::string name;
  Hash digest;  // SHA-256 of the encrypted file
  std::uint64_t bytes = 0;
  std::vector<std::string> recipients;
  std::vector<LogStretch> logs;
  std::vector<Hash> blobs;  // their addresses
  std::uint64_t facts = 0;
  // Where its stretches end. Whoever goes on from this object must have the same history up to there: two
  // machines from one image write under one key.
  std::optional<std::vector<BackupHead>> heads;
};
BOOST_DESCRIBE_STRUCT(ObjectIndex, (),
                      (format, town, node, key, made, name, digest, bytes, recipients, logs, blobs, facts,
                       heads))

struct ObjectEntry {
  std::string name;
  Hash digest;
  std::uint64_t bytes = 0;
  std::vector<LogStretch> logs;  // empty: the town's own files
  friend bool operator==(const ObjectEntry&, const ObjectEntry&) = default;
};
BOOST_DESCRIBE_STRUCT(ObjectEntry, (), (name, digest, bytes, logs))

// manifests/<time>-<node>.json
struct Manifest {
  std::string format = "sonae backup 1";
  TownId town;
  NodeId node;
  std::string key;
  Instant made;
  std::vector<std::string> recipients;
  std::vector<BackupHead> heads;
  Hash files;  // keyed hash of the town's own files: whether they changed
  std::vector<ObjectEntry> objects;
  std::vector<std::string> without;  // what was left out: "looks", the stream access of every node
};
BOOST_DESCRIBE_STRUCT(Manifest, (),
                      (format, town, node, key, made, recipients, heads, files, objects, without))

inline constexpr const char* kLooks = "looks";

inline constexpr std::string_view kManifests = "manifests", kObjects = "objects";

// In which order a restore brings the streams back: the registry can be searched first, then reception.
int restore_order(journal::Stream stream);

// A manifest or an index: corrupt where the signature is not good for the key in it, or the node not the
// key's. Whether that node belongs to the town is for others to say.
template <class Document>
Result<Document> read_document(BytesView note);

std::string manifest_name(Instant made, const NodeId& node);
std::string compact_time(Instant instant);  // 20261121T072955.123Z: sorts as it does

struct NamedManifest {
  std::string name;
  Manifest manifest;
};
// All manifests of the target, the newest first. Those that cannot be read go into `problems`, by name.
Result<std::vector<NamedManifest>> read_manifests(Target& target, std::vector<std::string>& problems);

}  // namespace sonae::vault

// Bundles: what a node lacks, as one encrypted file that a person carries. An age v1 file with a tar archive
// of JSON lines, zstd-compressed (docs/formats.md, "Bundles"); readable without Sonae. Parts of a split
// bundle are whole bundles themselves. Applying one twice, or an old one, changes nothing.
#pragma once

#include "api/operation.h"
#include "base/age.h"
#include "service/town_service.h"
#include "sync/frames.h"

namespace sonae::sync {

// A stretch of a log: positions first ... next - 1.
struct LogStretch {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t first = 0;
  std::uint64_t next = 0;
};
BOOST_DESCRIBE_STRUCT(LogStretch, (), (node, stream, first, next))

// How far the receiver has a log.
struct LogReach {
  NodeId node;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(LogReach, (), (node, stream, size))

// manifest.json, the first member.
struct BundleManifest {
  std::string format = "sonae bundle 1";
  TownId town;
  NodeId from;
  Instant made;
  std::string set;  // the same for all parts of one export
  std::int64_t part = 1;
  std::vector<LogStretch> logs;  // of this part and those after it; it may end earlier (end.json)
};
BOOST_DESCRIBE_STRUCT(BundleManifest, (), (format, town, from, made, set, part, logs))

struct BundleExport {
  std::vector<std::string> to;                 // nodes by id, or age1... keys
  std::optional<std::vector<LogReach>> since;  // what the receiver has; logs left out are sent whole
  std::optional<std::int64_t> most_bytes;      // stop near this size
  std::optional<std::string> set;              // of a further part
  std::optional<std::int64_t> part;
};
BOOST_DESCRIBE_STRUCT(BundleExport, (), (to, since, most_bytes, set, part))

// The answer, and (without what concerns the file) end.json, the last member.
struct BundleExported {
  std::string file_name = "sonae.bundle";
  std::string content_type = "application/octet-stream";
  std::string set;
  std::int64_t part = 1;
  bool complete = false;        // no part follows
  std::vector<LogReach> heads;  // how far a receiver of this and the earlier parts has each log
  std::uint64_t facts = 0;
  std::uint64_t blobs = 0;
  std::uint64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(BundleExported, (),
                      (file_name, content_type, set, part, complete, heads, facts, blobs, bytes))

Result<BundleExported> export_bundle(service::TownService& service, api::Call& call,
                                     const BundleExport& request);

struct BundleImported {
  std::string set;
  std::int64_t part = 0;
  std::uint64_t facts = 0;  // that were not here before
  std::uint64_t blobs = 0;
  std::vector<std::string> problems;  // stretches that were not taken, and why
  std::optional<std::string> damage;  // where the file ended early
  std::vector<LogStretch> missing;    // of what the manifest announces
  std::optional<std::string> ask;     // the command that brings the missing ones
};
BOOST_DESCRIBE_STRUCT(BundleImported, (), (set, part, facts, blobs, problems, damage, missing, ask))

// Takes what is whole, item by item. An error only where nothing could be read or it is not for here.
Result<BundleImported> import_bundle(service::TownService& service, BytesView file);

void add_bundle_operations(service::TownService& service, api::Catalogue& catalogue);

}  // namespace sonae::sync

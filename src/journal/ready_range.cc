#include "journal/ready_range.h"

#include "journal/frame.h"
#include "journal/header.h"

namespace sonae::journal {

Result<ReadyRange> make_ready(LogRange range, BytesView town_key) {
  ReadyRange ready{range.log, range.key, range.first, {}, std::move(range.checkpoint), {}};
  ready.entries.reserve(range.entries.size());
  for (LogEntry& entry : range.entries) {
    const Hash leaf =
        leaf_hash(entry.header, entry.body_hash ? *entry.body_hash : body_hash(entry.salt, entry.body));
    Header header = TRY(read_header(entry.header));
    ready.entries.push_back({std::move(header), std::move(entry.header), std::move(entry.salt),
                             std::move(entry.body), entry.body_hash, leaf});
  }
  for (const Bytes& content : range.blobs)
    ready.blobs.push_back({keyed_hash(town_key, content), content.size(), framed(content)});
  return ready;
}

}  // namespace sonae::journal

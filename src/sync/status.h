// What has arrived where: for each log how far it reaches here, and how far each peer was last known to have
// it. Never more than was heard: what a peer has is what it said at the last contact.
#pragma once

#include "sync/sync.h"

namespace sonae::sync {

struct PeerStatus {
  NodeId node;
  std::string name;
  std::string place;
  bool revoked = false;
  std::optional<Instant> last_contact;
  std::optional<std::int64_t> seconds_since;  // the age of what is said of it
  std::int64_t facts_not_there = 0;           // that are here and were not there then
  std::vector<std::string> streams_behind;    // of which these are
};
BOOST_DESCRIBE_STRUCT(PeerStatus, (),
                      (node, name, place, revoked, last_contact, seconds_since, facts_not_there,
                       streams_behind))

struct LogAtPeer {
  NodeId node;
  std::uint64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(LogAtPeer, (), (node, size))
struct LogStatus {
  NodeId node;
  std::string name;
  journal::Stream stream = journal::Stream::ordinary;
  std::uint64_t here = 0;
  std::vector<LogAtPeer> peers;
  std::int64_t cosigned_by = 0;  // how many nodes have countersigned a head of it that is here
};
BOOST_DESCRIBE_STRUCT(LogStatus, (), (node, name, stream, here, peers, cosigned_by))

struct SyncStatus {
  NodeId node;
  std::string name;
  std::vector<PeerStatus> peers;
  std::vector<LogStatus> logs;
  std::vector<ConfiguredPeer> configured;
};
BOOST_DESCRIBE_STRUCT(SyncStatus, (), (node, name, peers, logs, configured))
SyncStatus status(Sync& sync);

struct AskWhereabouts {
  std::vector<FactId> facts;  // a thousand at most
};
BOOST_DESCRIBE_STRUCT(AskWhereabouts, (), (facts))
struct FactWhereabouts {
  FactId fact;
  bool here = false;
  std::vector<NodeId> nodes;  // peers that had it at their last contact
};
BOOST_DESCRIBE_STRUCT(FactWhereabouts, (), (fact, here, nodes))
struct Whereabouts {
  std::vector<FactWhereabouts> facts;
};
BOOST_DESCRIBE_STRUCT(Whereabouts, (), (facts))
Result<Whereabouts> whereabouts(Sync& sync, const AskWhereabouts& request);

}  // namespace sonae::sync

// What this node remembers of its peers: where they are and when to call them, when it last heard of each,
// and how far each was then known to hold every log. A node's own (tables local_sync_...), in no dump. Any
// thread.
#pragma once

#include <boost/describe.hpp>

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"
#include "sync/frames.h"

namespace sonae::sync {

struct ConfiguredPeer {
  std::string address;
  std::string link;                // lan, mobile, satellite, or bytes per second
  std::int64_t every_seconds = 0;  // 0: only when asked
  std::optional<NodeId> node;      // who answered there last
  std::optional<Instant> last_try;
  std::optional<Instant> last_success;
  std::string last_error;
};
BOOST_DESCRIBE_STRUCT(ConfiguredPeer, (),
                      (address, link, every_seconds, node, last_try, last_success, last_error))

struct Contact {
  NodeId node;
  Instant at;
  std::string address;
  std::map<journal::LogId, std::uint64_t> has;  // how far it held each log then
};

class Contacts {
 public:
  explicit Contacts(store::Database& database);

  void add_peer(const ConfiguredPeer& peer);  // replaces what was configured for this address
  bool remove_peer(const std::string& address);
  std::vector<ConfiguredPeer> peers();
  void tried(const std::string& address, Instant at, const std::optional<NodeId>& node,
             const std::string& error);

  // What a peer said at the end of an exchange; a smaller size than before is not believed away: it takes the
  // place of the larger (a peer may have been restored).
  void heard(const NodeId& node, Instant at, const std::string& address, const std::vector<Head>& heads);
  std::vector<Contact> contacts();

 private:
  std::mutex mutex_;
  std::unique_ptr<store::Connection> connection_;  // guarded by mutex_
};

}  // namespace sonae::sync

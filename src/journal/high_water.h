// How far a node's logs had come, remembered outside of the town's directory (beside the node's key), so that
// a directory that was restored from a backup or copied to another machine is noticed before anything is
// appended: such a log must not be continued under the same key, or it would fork.
#pragma once

#include <vector>

#include "base/hash.h"
#include "journal/fact.h"
#include "store/store.h"

namespace sonae::journal {

struct LogHead {
  LogId log;
  std::uint64_t size = 0;
  Hash root;
  friend bool operator==(const LogHead&, const LogHead&) = default;
};
BOOST_DESCRIBE_STRUCT(LogHead, (), (log, size, root))

// The signed heads of this node's logs as they stand here; none in a database without a journal. Works before
// the journal is opened and beside it.
std::vector<LogHead> heads(store::Connection& connection, const NodeId& node);

// The nodes whose logs are here, sorted; none in a database without a journal.
std::vector<NodeId> nodes_with_logs(store::Connection& connection);

enum class HighWater {
  fits,    // every remembered head is here: go on (there may be more than was remembered)
  behind,  // a log is shorter than it was: an older copy; go on as a new node
  forked,  // a log is as long, but another: go on as a new node, and show it
};
HighWater compare(store::Connection& connection, const std::vector<LogHead>& remembered);

}  // namespace sonae::journal

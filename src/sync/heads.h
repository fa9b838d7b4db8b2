// How far the logs of a journal reach, as it is told to a peer.
#pragma once

#include <set>

#include "journal/checkpoint.h"
#include "journal/reading.h"
#include "sync/frames.h"

namespace sonae::sync {

inline std::string short_root(const Hash& root) {
  return to_hex(root.bytes().substr(0, 8));
}

std::vector<Head> heads_here(store::Connection& connection, const std::set<journal::Stream>& streams);

// Of forked logs: the ends of the histories that stand beside the log.
std::vector<Head> branches_here(store::Connection& connection, const std::set<journal::Stream>& streams);

// Whether what this head says is here: in the log, or in a branch beside it.
bool is_here(store::Connection& connection, const Head& head);

}  // namespace sonae::sync

// The key of this node for one town's directory. It lies outside the directory, under the name of the town
// and of the directory's device and inode: a copy, a restore or a move to another disk finds no key of its
// own and becomes a new node with a new log, so that two nodes never write one log.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/env.h"
#include "base/sign.h"

namespace sonae::town {

struct NodeKey {
  SigningKey key;
  std::string path;    // of the key's file
  bool fresh = false;  // made just now
  // How long this node's logs were when that was last noted, by stream. A log that is shorter now was put
  // back from a copy into the same directory: the node must then go on under a new key.
  std::map<std::string, std::int64_t> log_lengths;
};

Result<NodeKey> find_or_make_node_key(Env& env, const std::string& keys_directory, const TownId& town,
                                      const std::string& directory);
// A new key in the place of the old one; the old one is kept beside it under its node's id.
Result<NodeKey> replace_node_key(Env& env, const NodeKey& old);

// Notes how long the logs are, for the next opening.
Status note_log_lengths(Env& env, const NodeKey& key);

}  // namespace sonae::town

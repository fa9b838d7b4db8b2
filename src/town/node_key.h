// The key of this node for one town's directory. It lies outside the directory, under the name of the town
// and of the directory's device and inode: a copy, a restore or a move to another disk finds no key of its
// own and becomes a new node with a new log, so that two nodes never write one log.
#pragma once

#include <string>
#include <vector>

#include "base/env.h"
#include "base/sign.h"
#include "journal/high_water.h"

namespace sonae::town {

struct NodeKey {
  SigningKey key;
  std::string path;    // of the key's file
  bool fresh = false;  // made just now
  // How far this node's logs had come when that was last noted: at the last opening, while it worked, and at
  // the last orderly close. A log that is behind it now was put back from a copy: the node must then go on
  // under a new key.
  std::vector<journal::LogHead> heads;
};

Result<NodeKey> find_or_make_node_key(Env& env, const std::string& keys_directory, const TownId& town,
                                      const std::string& directory);
// Puts a key that was made before the directory was (for joining a town) where the directory's key belongs;
// conflict where it has one.
Status adopt_node_key(Env& env, const std::string& keys_directory, const TownId& town,
                      const std::string& directory, const SigningKey& key);
// A new key in the place of the old one; the old one is kept beside it under its node's id.
Result<NodeKey> replace_node_key(Env& env, const NodeKey& old);

// Notes how far the logs have come, for the next opening; they are durable. On a full disk too: room for it
// is kept beside the key.
Status note_heads(Env& env, NodeKey& key, std::vector<journal::LogHead> heads);

}  // namespace sonae::town

// The list of what was erased, beside the backups that may still hold it: a backup is never changed, it goes
// as a whole when its time is over; until then a restore erases again what this list names. Plain and signed
// like manifests: ids of facts, and nothing of what they said (docs/formats.md, "Backups").
#pragma once

#include <boost/describe.hpp>

#include "town/town.h"
#include "vault/manifest.h"

namespace sonae::vault {

// erasures/<time>-<node>.json
struct ErasureList {
  std::string format = "sonae erasures 1";
  TownId town;
  NodeId node;
  std::string key;  // of the node, base64
  Instant made;
  std::vector<FactId> facts;
};
BOOST_DESCRIBE_STRUCT(ErasureList, (), (format, town, node, key, made, facts))

inline constexpr std::string_view kErasures = "erasures";

// Adds what the town's orders name and no list of it at the target does yet.
Status write_erasures(Env& env, Target& target, const TownId& town, const SigningKey& key,
                      store::Connection& connection);

// Orders erased in a town that is about to be restored from this backup what the lists name and the backup
// may be too old to know; the facts that these orders name. Lists of nodes that the manifest does not name
// are told in `problems` and not followed.
Result<std::vector<FactId>> erase_again(town::Town& town, Target& target, const Manifest& manifest,
                                        std::vector<std::string>& problems);
// How many of them are here, and no order of the backup's own erased them.
std::uint64_t count_here(store::Connection& connection, const std::vector<FactId>& facts);

// Lets go the lists that every backup of the town already knew when it was made.
Status retain_erasures(Target& target, const TownId& town);

}  // namespace sonae::vault

// Another node as a target: a machine of this town or of a neighbour's, which keeps encrypted packs that it
// cannot read, over the port and the TLS of sync (sync/tls.h). One connection carries one request after
// another:
//
//   GET    /sonae/vault/TOWN/objects/              names, a JSON list
//   GET    /sonae/vault/TOWN/objects/NAME          content; PUT writes, DELETE removes
//   GET    /sonae/vault/TOWN/challenge             32 bytes, encrypted (age) to the keys that open the newest
//   backup POST   /sonae/vault/TOWN/challenge             the same 32 bytes in the clear: this connection may
//   read
//
// Who writes is a node that the other machine's plan names ([[guest]]). Who reads is one of them, or whoever
// has the recovery key: a bare machine with three sheets has no other.
#pragma once

#include "base/sign.h"
#include "vault/target.h"

namespace sonae::vault {

inline constexpr std::size_t kLargestObject = std::size_t{128} << 20;  // an object ends soon after 32 MiB

// "node://host:port/NODE/TOWN": the id of the machine that answers there, and of the town whose backups it
// keeps.
Result<std::unique_ptr<Target>> open_node_target(Env& env, const std::string& where, const TargetKeys& keys);

}  // namespace sonae::vault

// Joining a town with a code. The new machine makes its key, connects to a node of the town, and proves that
// it knows the code over both keys that the connection showed; the node proves the same, and hands over the
// town (its name, its key for blob addresses, whom to trust), sealed to the new machine's key. So neither a
// listener nor somebody in between learns or changes anything: 80 bits cannot be tried in ten minutes, nor
// afterwards. Everything else comes by sync.
//
//   client proof = HMAC-SHA-256(k, "sonae join 1" || 0x01 || server key || client key || number)
//   server proof = HMAC-SHA-256(k, "sonae join 1" || 0x02 || server key || client key || number || sealed)
//   k = SHA-256("sonae join key" || code); sealed = libsodium's crypto_box_seal to the X25519 form of the key
#pragma once

#include "service/town_service.h"
#include "sync/invitations.h"
#include "sync/tls.h"

namespace sonae::sync {

// The node's side: the body of a request to join, and the answer's body. Enrols the machine.
Result<Bytes> answer_join(service::TownService& service, Invitations& invitations, const PublicKey& client,
                          BytesView request);

struct Joined {
  std::string directory;
  std::string town;
  NodeId node;  // this machine, from now on
  NodeId invited_by;
  std::string address;  // where the inviting node was found
};
BOOST_DESCRIBE_STRUCT(Joined, (), (directory, town, node, invited_by, address))

// The new machine's side: makes the directory; conflict where there is a town in it.
Result<Joined> join(Env& env, const town::Places& places, const std::string& directory, const JoinText& text);

}  // namespace sonae::sync

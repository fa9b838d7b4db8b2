// A fact with the proof that it stands in a log whose head was signed: a document that a stranger can check
// with SHA-256 and Ed25519 alone (docs/formats.md says how).
#pragma once

#include <string>
#include <vector>

#include "base/sign.h"
#include "journal/fact.h"
#include "journal/proof.h"
#include "store/store.h"

namespace sonae::journal {

// Bytes are base64; hashes too, from the leaf upwards.
struct FactProof {
  std::string format = "sonae fact proof 1";
  std::string header;
  std::optional<std::string> salt;
  std::optional<std::string> body;
  std::optional<std::string> body_hash;  // where the body was erased
  std::uint64_t position = 0;
  std::vector<std::string> inclusion;
  std::string checkpoint;  // the signed note, as it is
  std::string public_key;  // of the node whose log it is
};
BOOST_DESCRIBE_STRUCT(FactProof, (),
                      (format, header, salt, body, body_hash, position, inclusion, checkpoint, public_key))

// not_found where the fact is not here. Within one read transaction of the connection.
Result<FactProof> prove(store::Connection& connection, const FactId& id);

// invalid_input says what does not hold. A good answer means: this is what the node with this key signed.
Result<Header> check(const FactProof& proof);

// The hashes of a stored log.
HashSource stored_hashes(store::Connection& connection, std::int64_t log);

}  // namespace sonae::journal

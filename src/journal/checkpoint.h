// A log's tree head, signed: a C2SP checkpoint in a signed note (docs/formats.md has the text).
// Sources: https://c2sp.org/tlog-checkpoint, https://c2sp.org/signed-note
#pragma once

#include <string>
#include <vector>

#include "base/sign.h"
#include "journal/fact.h"

namespace sonae::journal {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root;
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

struct NoteSignature {
  std::string name;
  Bytes key_hash;   // 4 bytes
  Bytes signature;  // 64 bytes of Ed25519, or whatever another kind of signature has
};

struct SignedCheckpoint {
  Checkpoint checkpoint;
  std::vector<NoteSignature> signatures;
};

std::string origin_of(const TownId& town, const LogId& log);

Bytes sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);

// The note as text, with the signatures that it has.
Bytes note_text(const SignedCheckpoint& note);

// Reads the text; says nothing yet about whether a signature is good.
Result<SignedCheckpoint> read_checkpoint(BytesView note);

// Whether the note carries a good signature of this key under the name of its origin.
bool is_signed_by(const SignedCheckpoint& note, const PublicKey& key);

}  // namespace sonae::journal

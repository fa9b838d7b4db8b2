// Countersigning heads: a node says that it has seen a head, at a time of its clock, and that it continues
// what it saw of this log before. A signature line of C2SP tlog-cosignature, kept beside the log. Source:
// https://c2sp.org/tlog-cosignature (Ed25519, type 0x04)
#pragma once

#include <string>

#include "base/sign.h"
#include "journal/fact.h"

namespace sonae::sync {

// "sonae/<town>/<node>": under which name a node countersigns.
std::string cosigner_name(const TownId& town, const NodeId& node);

// The line for the note (its signed text is up to the empty line), with its line end.
std::string cosign(const TownId& town, BytesView note, const SigningKey& key, Instant at);

// Whether the line is this key's good countersignature of the note.
bool is_cosigned_by(const TownId& town, BytesView note, std::string_view line, const PublicKey& key);

}  // namespace sonae::sync

// A text signed by a node: a C2SP signed note (https://c2sp.org/signed-note) whose text is one JSON document
// on one line. The key's name is "sonae/<town>/<node>".
#pragma once

#include "base/sign.h"

namespace sonae::vault {

Bytes sign_text(std::string_view text, const TownId& town, const SigningKey& key);  // text without line end

struct SignedText {
  std::string text;
  std::string name;
  Bytes key_hash;
  Bytes signature;
};
Result<SignedText> read_signed_text(BytesView note);  // says nothing yet about the signature
bool is_signed_by(const SignedText& note, const TownId& town, const PublicKey& key);

}  // namespace sonae::vault

// Bech32 (BIP 173) without its limit of length, as age writes its keys.
#pragma once

#include "base/bytes.h"

namespace sonae {

std::string to_bech32(std::string_view prefix, BytesView bytes);  // lower case
// The bytes after this prefix (lower case); either case, never mixed. invalid_input otherwise.
Result<Bytes> from_bech32(std::string_view prefix, std::string_view text);

}  // namespace sonae

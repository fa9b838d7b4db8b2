// A secret of the town in a fact: sealed with a key made from the town's own, so that copies of the journal
// do not tell it.
#pragma once

#include "town/town.h"

namespace sonae::exchange {

std::string seal(const town::Town& town, BytesView secret);  // base64
Result<Bytes> open_sealed(const town::Town& town, const std::string& sealed);

}  // namespace sonae::exchange

// Appending for an operation that anybody may ask without an account: where the call can hold its answer back
// (api/hold.h), no thread waits for the disk, and the answer leaves when the facts are durable, or the error
// in its place. Call it once, as the last that the operation does.
#pragma once

#include "api/call.h"
#include "journal/journal.h"

namespace sonae::access {

Status append_held(journal::Journal& journal, const api::Call& call, journal::Batch batch);

}  // namespace sonae::access

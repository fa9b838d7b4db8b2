// The registry's arrays as a file that is mapped and used as it is. Derived: of another version, or torn, it
// is refused and built anew.
//
// Little-endian. A header: "SONAELNK", version u32, number of sections u32, residents u64, source u64
// (what it was built from), bytes of the file u64, for each section its offset and its length in bytes (u64),
// a hash of all before it (u64). Each section begins at a multiple of 64: features, id ends, id text, posting
// starts, slots, marks, frequencies, places.
#pragma once

#include <string>

#include "base/env.h"
#include "link/index.h"

namespace sonae::link {

// The index must not have changes beside its base (Index::compacted).
// `source` is kept with it and found again in Index::Base.
Status save_index(Env& env, const std::string& path, const Index& index, std::uint64_t source);
Result<Index> open_index(Env& env, const std::string& path);

}  // namespace sonae::link

// The demonstration town's registry as a file in the simple layout (CSV, UTF-8, header).
#pragma once

#include "base/progress.h"
#include "demo/town.h"

namespace sonae::demo {

inline constexpr std::string_view kSimpleHeader =
    "id,household_id,name,family_name,given_name,kana,sex,birth_date,postcode,address,phone";

// One record of the simple layout, with its line end. Sex is 1 or 2; unknown parts of a birth date are zeros.
void append_simple(std::string& text, const Resident& resident);

// Writes all of the town, in pieces: memory does not grow with it. The number of residents is returned.
Result<std::uint64_t> write_registry(Env& env, const std::string& path, Town& town, Progress& progress);

}  // namespace sonae::demo

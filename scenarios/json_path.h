// Members of a JSON value by path: "counts.residents", "rows[0].name", "rows.count" (how many a list has).
#pragma once

#include <string_view>

#include "base/json.h"

namespace sonae::scenario {

// Null where there is nothing at the path.
json::value at_path(const json::value& value, std::string_view path);

// Whether `found` has everything of `expected`: members of objects may be more, lists are compared one by
// one.
bool includes(const json::value& found, const json::value& expected);

// The value as it stands in a table cell: texts without quotes, null and absent as nothing.
std::string cell_text(const json::value& value);

}  // namespace sonae::scenario

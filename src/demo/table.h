// Tab-separated tables of data/: UTF-8, one record a line, no header, lines that begin with # are remarks.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"

namespace sonae::demo {

using Row = std::vector<std::string_view>;

// Calls `each` for every row; a row with fewer than `columns` cells, and an error of `each`, is an error that
// names the file and the line.
Status read_table(Env& env, const std::string& path, std::size_t columns,
                  const std::function<Status(const Row&)>& each);

Result<std::int64_t> number(std::string_view cell);
Result<double> decimal(std::string_view cell);

}  // namespace sonae::demo

// Dates in cells of registry files. Pure, any thread.
#pragma once

#include <string_view>

#include "text/date.h"
#include "town/registry/layout.h"

namespace sonae::registry {

// `era` is the era's name where a column beside it gives one (昭和); `unknown` the word of a flag beside it:
// "none", "day", "month_day", "year", "all", "as_written". 00 and 99 for a month or day, and 0000 and 9999
// for a year, are unknown parts whatever the flag says.
Result<text::ParsedDate> read_date_cell(std::string_view cell, std::string_view era, std::string_view unknown,
                                        Date today);

// "1948-03-00" into ten bytes.
void write_partial_date(text::PartialDate date, char* ten_bytes);

// A canonical date ("1948-03-00") in a notation; empty for an empty one. yymmdd stands without its era.
std::string date_cell(std::string_view canonical, DateNotation notation);
// The era's name of a canonical date (昭和); empty where it has none.
std::string era_of(std::string_view canonical);

}  // namespace sonae::registry

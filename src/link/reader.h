// From a record as written to what is compared: the one reading that residents and rows go through alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "link/features.h"
#include "link/frequencies.h"
#include "link/name_reader.h"
#include "link/places.h"

namespace sonae::link {

std::uint32_t phone_number(std::string_view written);  // the last nine digits; 0 where there are under six
std::uint32_t household_number(std::string_view written);  // 0 for none
std::string postcode_digits(std::string_view written);     // seven digits, or empty

// All of a record but its town, which needs the places (and those may still be being learned). `address` is
// the record's.
void read_all_but_town(const Context& context, const Record& record, const SplitAddress& address,
                       WordCache& cache, const Frequencies* known, Features& into);

// A row as a query: the names it may stand under (its own first), everything else the same.
std::vector<Query> read_row(const Context& context, const Record& row, WordCache& cache,
                            const Frequencies& known, const Places& places);

// The record under its other names (everyday names, romaji, with the former family name): as `own`, each with
// a name of its own and the alias flag.
std::vector<Features> other_names_of(const Context& context, const Record& record, WordCache& cache,
                                     const Frequencies* known, const Features& own);

// A resident's features, and one more for each other name.
std::vector<Features> read_resident(const Context& context, const Record& resident, WordCache& cache,
                                    const Frequencies& known, const Places& places);

}  // namespace sonae::link

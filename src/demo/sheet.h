// Shelter lists of the demonstration town: what people typed, line by line, and the truth about each line.
// All of it is fictional (架空).
//
//   lists = make_lists(names, places, town_options, {.severity = 1});
//
// The same options give the same lists on every machine. Pure; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "demo/hand.h"
#include "demo/town.h"
#include "demo/whereabouts.h"

namespace sonae::demo {

struct ListOptions {
  double severity = 1;        // 0: as the registry says; 1: as the table in rates.h; more: worse
  std::uint64_t persons = 0;  // about how many are to be on the lists; 0: all who went to a shelter
  Date written_on{2026, 11, 22};
};

enum class Who { resident, visitor, moved_out };
std::string_view name_of(Who who);

// One person of one line, with what the line says of that person once marks and families are undone.
struct Entry {
  std::uint64_t line = 0;   // of the sheet's CSV, the first line is 1
  std::uint32_t index = 0;  // which person of the line, from 0
  bool named = true;        // false: only counted (子2人)
  Written written;
  Who who = Who::resident;
  std::string resident_id;  // the truth; empty unless a resident
};

struct Sheet {
  std::string shelter;
  std::string csv;  // as somebody typed it: UTF-8, CRLF
  std::vector<Entry> entries;
};

// Hands over one sheet after another; stops at the first error of `each`.
Status for_each_list(const Names& names, const Places& places, const TownOptions& town,
                     const ListOptions& options, const std::function<Status(Sheet)>& each);
std::vector<Sheet> make_lists(const Names& names, const Places& places, const TownOptions& town,
                              const ListOptions& options);

}  // namespace sonae::demo

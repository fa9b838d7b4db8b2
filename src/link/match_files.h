// Two files in, one file out: `sonae match --registry FILE --list FILE --out FILE`, without a town.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/env.h"
#include "base/progress.h"
#include "link/list_reader.h"
#include "link/matcher.h"

namespace sonae::link {

// Gives the residents one by one where the registry is not in the simple layout (another layout's reader
// stands above this floor): calls the sink for each, and returns what was bad.
using RegistrySource =
    std::function<Result<std::vector<BadLine>>(const std::function<void(const Record&)>& sink)>;

struct MatchFilesOptions {
  std::string registry;      // path of a CSV in the simple layout
  RegistrySource residents;  // reads `registry` where it is in another layout
  std::string layout;        // the name of that layout
  std::string list;          // path
  std::string out;           // path
  std::string index;  // path of a saved index to use, and to write where it is missing or old; may be empty
  Context context;    // today is the day as of which ages are meant
  Weights weights = Weights::defaults();
  MatchOptions match;
  Language language = Language::japanese;  // of the reasons
};

// What became of the saved index.
enum class IndexUse : std::uint8_t {
  none,      // not asked for
  made,      // there was none
  used,      // it was that of this very registry file
  renewed,   // it was that of another registry file
  replaced,  // it could not be read: damaged, or of another version
};

struct MatchFilesReport {
  IndexUse index = IndexUse::none;
  std::size_t residents = 0;
  std::size_t rows = 0;
  std::size_t matched = 0;
  std::size_t asked = 0;
  std::size_t none = 0;
  std::vector<BadLine> bad_lines;
  double load_seconds = 0;  // reading the registry and building its index, or opening a saved one
  double match_seconds = 0;
};

// Registry columns (header, any order, any of): id, household_id, name, family_name, given_name, kana, sex,
// birth_date, postcode, address, phone. List columns: entry_id and any of name, kana, sex, birth_date, age,
// address, phone, note. Out: entry_id, decision, resident_id, probability, reasons, alternatives.
// Bad lines are reported and the rest goes on.
Result<MatchFilesReport> match_files(Env& env, const MatchFilesOptions& options,
                                     Progress& progress = no_progress());

}  // namespace sonae::link

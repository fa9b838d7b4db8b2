// A town opened for reading only, beside a running server: for checks that need no person's leave and show no
// person.
#pragma once

#include <memory>
#include <string>

#include "journal/journal.h"
#include "town/town.h"

namespace sonae::town {

struct ReadOnlyTown {
  TownProfile profile;
  journal::Options options;  // its node key is a throw-away: nothing is signed
  std::unique_ptr<store::Database> database;
};
Result<ReadOnlyTown> open_for_reading(Env& env, const std::string& directory,
                                      const journal::Admission* admission = nullptr,
                                      const std::string& vfs = {});  // as in Places

}  // namespace sonae::town

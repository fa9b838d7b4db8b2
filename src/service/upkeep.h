// Upkeep of a town: verify, rebuild, dump. Each is also an operation ("town.verify" ...), so that it is
// recorded and can be asked for while the server runs.
#pragma once

#include <boost/describe.hpp>

#include <string>
#include <vector>

#include "api/operation.h"
#include "journal/verify.h"
#include "town/access/access.h"

namespace sonae::service {

struct VerifyFinding {
  std::string place;
  std::string what;
};
BOOST_DESCRIBE_STRUCT(VerifyFinding, (), (place, what))

struct VerifyAnswer {
  bool sound = false;
  std::int64_t facts = 0;
  std::int64_t erased = 0;
  std::int64_t blobs = 0;
  std::int64_t checkpoints = 0;
  std::vector<VerifyFinding> findings;
};
BOOST_DESCRIBE_STRUCT(VerifyAnswer, (), (sound, facts, erased, blobs, checkpoints, findings))

VerifyAnswer answer_of(const journal::VerifyReport& report, Language language);

// Verifies a town's directory without opening it for work: beside a running server.
Result<VerifyAnswer> verify_beside(Env& env, const std::string& directory, Progress& progress,
                                   Language language);

void add_upkeep_operations(api::Catalogue& catalogue, town::Town& town, access::Access& access);

}  // namespace sonae::service

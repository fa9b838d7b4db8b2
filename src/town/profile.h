// Who a town is: DIR/town.json. It holds the key that blob addresses are made with, so only its owner may
// read it.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/env.h"
#include "base/json.h"

namespace sonae::town {

struct TownProfile {
  TownId id;
  std::string code;  // 全国地方公共団体コード, six digits
  std::string name;  // 串本町
  Instant created;
  std::string blob_key;    // base64 of 32 bytes
  bool fictional = false;  // a demonstration: pages and papers say so
  // The node that made the town, and others that this directory trusts without a fact: its own past and
  // present nodes (after a restore there may be nobody else to vouch for them). town/nodes decides the rest.
  std::optional<NodeId> founder{};
  std::vector<NodeId> anchors{};
};
BOOST_DESCRIBE_STRUCT(TownProfile, (), (id, code, name, created, blob_key, fictional, founder, anchors))

// Whether the last digit of a municipality's code is right: weights 6 5 4 3 2, the last digit of 11 - (sum
// mod 11).
bool municipality_code_is_good(std::string_view six_digits);

// Puts the profile in the place of the one that is there.
Status write_profile(Env& env, const std::string& directory, const TownProfile& profile);

// Makes the directory of a town that exists elsewhere; conflict where there is a town already.
Status make_directory(Env& env, const std::string& directory, const TownProfile& profile);

Result<TownProfile> read_profile(Env& env, const std::string& directory);

// Makes the directory (for its owner only) and the profile in it; conflict where there is a town already,
// invalid_input where the code is not a municipality's.
Result<TownProfile> make_profile(Env& env, const std::string& directory, const std::string& code,
                                 const std::string& name, bool fictional);

}  // namespace sonae::town

// What can happen to the keys that open backups (復旧鍵). All about `recovery:keys`, in the stream urgent, so
// that whoever makes a backup knows them early. docs/formats.md, "Facts of recovery".
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "journal/fact.h"

namespace sonae::vault {

inline const journal::Subject kRecoveryKeys{"recovery", "keys"};

// Who holds the key: officers as shares on paper, or the place that proves backups, in a file.
enum class Holder : std::uint8_t { officers, proving_place };
BOOST_DESCRIBE_ENUM(Holder, officers, proving_place)

// recovery.key_added; supersedes the keys of the same holder that were seen: new backups are not for those.
struct KeyAdded {
  std::string recipient;  // age1...
  Holder holder = Holder::officers;
  std::optional<std::string> set;  // of shares: which
  std::optional<std::int64_t> shares;
  std::optional<std::int64_t> need;
  PersonId by;
};
BOOST_DESCRIBE_STRUCT(KeyAdded, (), (recipient, holder, set, shares, need, by))

// recovery.shares_tested: these shares were typed and gave the key.
struct SharesTested {
  std::string recipient;
  std::string set;
  std::vector<std::int64_t> indexes;
  PersonId by;
};
BOOST_DESCRIBE_STRUCT(SharesTested, (), (recipient, set, indexes, by))

}  // namespace sonae::vault

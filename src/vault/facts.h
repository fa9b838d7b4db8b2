// What can happen to the keys that open backups (復旧鍵): all about `recovery:keys`, in the stream urgent, so
// that whoever makes a backup knows them early. And who changed a machine's plan of backups, and how. docs/
// formats.md, "Facts of recovery".
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "journal/fact.h"
#include "vault/plan_change.h"

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

// backup.plan_changed, about `backup:<node>`, in the stream ordinary: somebody changed one entry of that
// machine's plan on the page. (The plan itself is a file of the machine, vault/plan.h.) It is written when
// the new file lies ready, before that takes the place of the old one. Where this fails a
// backup.plan_not_changed supersedes it; where that cannot be written either, the next change or the next
// start of the server does it.
struct PlanChanged {
  NodeId node;
  std::string table;  // "target" or "proof"
  PlanDifference what;
  PersonId by;
  std::optional<std::string> seen;  // of the file before: where it still is this, nothing was changed
};
BOOST_DESCRIBE_STRUCT(PlanChanged, (), (node, table, what, by, seen))

struct PlanNotChanged {
  NodeId node;
  std::string why;
};
BOOST_DESCRIBE_STRUCT(PlanNotChanged, (), (node, why))

}  // namespace sonae::vault

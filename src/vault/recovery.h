// Which keys open a town's backups, as the journal has it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/operation.h"
#include "base/age.h"
#include "service/town_service.h"
#include "vault/facts.h"

namespace sonae::vault {

struct RecoveryKey {
  std::string recipient;
  Holder holder = Holder::officers;
  std::optional<std::string> set;
  std::optional<std::int64_t> shares;
  std::optional<std::int64_t> need;
  Instant added;
  std::optional<Instant> tested;  // when shares of it were last typed back
};
BOOST_DESCRIBE_STRUCT(RecoveryKey, (), (recipient, holder, set, shares, need, added, tested))

struct RecoveryKeys {
  std::vector<RecoveryKey> keys;  // those that new backups are for
};
BOOST_DESCRIBE_STRUCT(RecoveryKeys, (), (keys))

// Within one read transaction of the connection.
RecoveryKeys recovery_keys(store::Connection& connection);

// not_found, with what to do, where the officers have none: a backup that nobody can open is none.
Result<std::vector<AgeRecipient>> backup_recipients(store::Connection& connection);

// recovery.keys, recovery.add_key, recovery.note_test.
void add_recovery_operations(service::TownService& service, api::Catalogue& catalogue);

}  // namespace sonae::vault

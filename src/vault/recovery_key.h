// The recovery key of a town: an age identity that exists only as shares on paper. Backups are encrypted to
// its recipient; nobody opens them without `need` officers.
#pragma once

#include <optional>
#include <vector>

#include "base/age.h"
#include "vault/share.h"

namespace sonae::vault {

// Whose key it is. The shares hold a mark of it that only who has the key could make: a backup that somebody
// else slipped in place of the town's is told by it.
struct KeyOwner {
  TownId town;
  NodeId founder;
};

struct MadeKey {
  AgeRecipient recipient;
  std::uint32_t set = 0;
  std::vector<Share> shares;
};
// Draws a key and splits it; the key itself is forgotten. invalid_input unless 1 <= need <= count <= 16.
Result<MadeKey> make_recovery_key(Random& random, const KeyOwner& owner, int need, int count);

struct JoinedKey {
  AgeIdentity identity;
  Bytes owner_mark;  // see belongs_to
  bool belongs_to(const KeyOwner& owner) const;
};
// invalid_input where the shares are of different sets, too few, or do not fit together; says which.
Result<JoinedKey> join_recovery_key(const std::vector<Share>& shares);

}  // namespace sonae::vault

// The sheets of paper on which officers hold the shares of a recovery key: one page each, as HTML to print
// and as plain text.
#pragma once

#include "base/env.h"
#include "town/profile.h"
#include "vault/recovery_key.h"

namespace sonae::app {

// FOLDER/share-1.html, share-1.txt ...; conflict where one is there already. Readable by the owner only.
Status write_recovery_sheets(Env& env, const town::TownProfile& town, const vault::MadeKey& key,
                             const vault::ShareWords& list, const std::string& folder);

}  // namespace sonae::app

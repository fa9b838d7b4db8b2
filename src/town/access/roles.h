// What each role may do.
#pragma once

#include "api/permission.h"
#include "town/access/facts.h"

namespace sonae::access {

api::Permissions permissions_of(Role role);
const Phrase& title_of(Role role);  // for people

}  // namespace sonae::access

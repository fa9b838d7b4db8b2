// Operations on the town as a whole: what it is and how it is. (verify, rebuild and dump are commands: they
// want the town to themselves, or only read it.)
#pragma once

#include "api/operation.h"
#include "town/access/access.h"

namespace sonae::service {

void add_town_operations(api::Catalogue& catalogue, town::Town& town);

}  // namespace sonae::service

// The operations of the page バックアップ: how the backups are, their proofs, the plan, its changes and who
// made them.
#pragma once

#include "service/town_service.h"
#include "vault/runner.h"

namespace sonae::vault {

// The service and the runner outlive the catalogue.
void add_backup_operations(service::TownService& service, Runner& runner, api::Catalogue& catalogue);

}  // namespace sonae::vault

// The operations of the page バックアップ: backup.status, backup.run, backup.proofs, backup.proof.
#pragma once

#include "service/town_service.h"
#include "vault/runner.h"

namespace sonae::vault {

// The service and the runner outlive the catalogue.
void add_backup_operations(service::TownService& service, Runner& runner, api::Catalogue& catalogue);

}  // namespace sonae::vault

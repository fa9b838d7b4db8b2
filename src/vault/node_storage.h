// The other side of node_target.h: this machine keeps backups of the towns that its plan names as guests, as
// files in a folder of each, whole, within a limit. Any thread; one connection, one thread.
#pragma once

#include "sync/sync.h"
#include "vault/plan.h"

namespace sonae::vault {

class NodeStorage {
 public:
  // `directory`: of this machine's town, with its plan.
  NodeStorage(Env& env, std::string directory) : env_(env), directory_(std::move(directory)) {}

  // Before sync listens.
  void answer_at(sync::Sync& sync);
  void answer(sync::TlsStream& stream, sync::HttpMessage first, const std::atomic<bool>& stop);

 private:
  Env& env_;
  const std::string directory_;
};

}  // namespace sonae::vault

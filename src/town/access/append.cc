#include "town/access/append.h"

namespace sonae::access {

Status append_held(journal::Journal& journal, const api::Call& call, journal::Batch batch) {
  if (!call.hold) {
    TRY(journal.append(std::move(batch)));
    return {};
  }
  const auto then = std::make_shared<api::Hold::Then>(call.hold->begin());
  journal.append_later(std::move(batch), [then](Result<std::vector<journal::Receipt>> receipts) {
    (*then)(receipts ? Status() : std::unexpected(std::move(receipts.error())));
  });
  return {};
}

}  // namespace sonae::access

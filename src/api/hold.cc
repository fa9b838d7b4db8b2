#include "api/hold.h"

namespace sonae::api {

Hold::Then Hold::begin() {
  const std::lock_guard lock(mutex_);
  ++open_;
  return [me = shared_from_this()](Status how) { me->end(std::move(how)); };
}

void Hold::then(Then then) {
  {
    const std::lock_guard lock(mutex_);
    then_ = std::move(then);
  }
  end({});
}

void Hold::end(Status how) {
  std::unique_lock lock(mutex_);
  if (!how && result_) result_ = std::move(how);
  if (--open_ > 0) return;
  Then then = std::move(then_);
  Status result = std::move(result_);
  lock.unlock();
  then(std::move(result));
}

}  // namespace sonae::api

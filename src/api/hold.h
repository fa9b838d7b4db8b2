// What the answer of an operation waits for, without a thread that waits: the operation begins to record
// something and ends; who carries the answer lets it leave once all that was begun is durable.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "base/error.h"

namespace sonae::api {

// Any thread. Held by a shared_ptr.
class Hold : public std::enable_shared_from_this<Hold> {
 public:
  using Then = std::move_only_function<void(Status)>;

  // One thing more to wait for; what is returned is called once, with how it ended.
  Then begin();

  // After the operation, once: `then` runs when all that was begun has ended, on the thread of the last one
  // or on this one. It gets the first failure, if there was any: the answer must not leave then.
  void then(Then then);

 private:
  void end(Status how);

  std::mutex mutex_;
  std::size_t open_ = 1;  // guarded by mutex_; one for then() itself
  Status result_;         // guarded by mutex_
  Then then_;             // guarded by mutex_
};

}  // namespace sonae::api

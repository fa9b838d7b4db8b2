// Records looks at people. The looks that wait while a sync is under way share the next fact and the next
// sync, so that a thousand people who search at once cost the disk a few syncs. Any thread.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "journal/journal.h"
#include "town/access/facts.h"

namespace sonae::access {

class LookRecorder {
 public:
  explicit LookRecorder(journal::Journal& journal) : journal_(journal) {}

  // Returns when the look is durable.
  Status record(Look look);

 private:
  struct Waiting {
    Look look;
    bool done = false;
    Status result;
  };

  Status append(const std::vector<std::shared_ptr<Waiting>>& group);

  journal::Journal& journal_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::shared_ptr<Waiting>> waiting_;  // guarded by mutex_
  bool appending_ = false;                         // guarded by mutex_: one of the callers writes for all
};

// The subjects under which the journal finds a look again.
journal::Subject looker(const PersonId& person);
journal::Subject seen(const std::string& shown);

}  // namespace sonae::access

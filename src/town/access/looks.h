// Records looks at people. The looks that come while a sync is under way share the next fact and the next
// sync, so that a thousand people who search at once cost the disk a few syncs. Any thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "journal/journal.h"
#include "town/access/facts.h"

namespace sonae::access {

class LookRecorder {
 public:
  using Done = std::move_only_function<void(Status)>;

  explicit LookRecorder(journal::Journal& journal);
  ~LookRecorder();  // records what waits, then ends
  LookRecorder(const LookRecorder&) = delete;
  LookRecorder& operator=(const LookRecorder&) = delete;

  // Returns when the look is durable.
  Status record(Look look);
  // The same without waiting; `done` runs on the recorder's thread and must be quick.
  void record_later(Look look, Done done);

 private:
  struct Waiting {
    Look look;
    Done done;
  };

  void run();
  std::vector<Waiting> take_group();           // empty: closed and drained
  Status append(std::vector<Waiting>& group);  // takes their looks

  journal::Journal& journal_;
  std::mutex mutex_;
  std::condition_variable something_waits_;
  std::vector<Waiting> waiting_;  // guarded by mutex_
  bool closed_ = false;           // guarded by mutex_
  std::thread thread_;            // last: it uses all of the above
};

// The subjects under which the journal finds a look again.
journal::Subject looker(const PersonId& person);
journal::Subject seen(const std::string& shown);

}  // namespace sonae::access

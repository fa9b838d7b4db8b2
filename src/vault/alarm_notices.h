// Alarms of backups as mail, to those whom the plan names: once when an alarm arises, by the town's way for
// notices (town/notice/outgoing.h). Any thread.
#pragma once

#include <mutex>

#include "town/town.h"
#include "vault/alarms.h"

namespace sonae::vault {

class AlarmNotices {
 public:
  explicit AlarmNotices(town::Town& town) : town_(town) {}
  // Those that stand now. What was told and still stands is remembered in the state, over a restart too.
  void tell(const std::vector<Alarm>& alarms);

 private:
  town::Town& town_;
  std::mutex mutex_;  // one after another
};

}  // namespace sonae::vault

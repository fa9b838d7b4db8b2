// What a town that serves has to do as time passes, once a minute: how far its logs have come is noted,
// records of exchange that expired are ended and erased, what may be told is published anew, and notices to
// subscribers become due. On a thread of its own until it is destroyed.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "service/town_service.h"

namespace sonae::service {

class RegularWork {
 public:
  // `failed` hears of what could not be done; it is tried again in a minute.
  RegularWork(TownService& service, std::function<void(const Error&)> failed);
  ~RegularWork();
  RegularWork(const RegularWork&) = delete;
  RegularWork& operator=(const RegularWork&) = delete;

 private:
  void run();
  void work();

  TownService& service_;
  const std::function<void(const Error&)> failed_;
  std::mutex mutex_;
  std::condition_variable ending_;
  bool end_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace sonae::service

// Tells open pages which kinds of things have changed ("entry", "resident"), so that they ask again and
// totals fall as people are confirmed. Never what or who. Any thread.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "web/message.h"

namespace sonae::web {

class Changes {
 public:
  Changes();
  ~Changes();

  void touched(std::string_view kind);  // quick: it runs on the journal's writer
  void watch(std::shared_ptr<EventStream> stream);
  std::size_t watching() const;

 private:
  void tell_all();

  mutable std::mutex mutex_;
  std::condition_variable there_is_news_;
  std::set<std::string, std::less<>> kinds_;
  std::vector<std::shared_ptr<EventStream>> streams_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace sonae::web

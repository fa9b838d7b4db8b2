#include "web/changes.h"

#include <chrono>

#include "base/json.h"

namespace sonae::web {

namespace {

// An import touches things thousands of times a second; pages hear of it this often at most.
constexpr std::chrono::milliseconds kGather{300};

}  // namespace

Changes::Changes() : thread_([this] { tell_all(); }) {}

Changes::~Changes() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  there_is_news_.notify_all();
  thread_.join();
  for (const auto& stream : streams_)
    stream->close();
}

void Changes::touched(std::string_view kind) {
  const std::lock_guard lock(mutex_);
  if (streams_.empty() || kinds_.contains(kind)) return;
  kinds_.emplace(kind);
  if (kinds_.size() == 1) there_is_news_.notify_one();
}

void Changes::watch(std::shared_ptr<EventStream> stream) {
  const std::lock_guard lock(mutex_);
  if (stream->send("hello", "{}")) streams_.push_back(std::move(stream));
}

std::size_t Changes::watching() const {
  const std::lock_guard lock(mutex_);
  return streams_.size();
}

void Changes::tell_all() {
  std::unique_lock lock(mutex_);
  for (;;) {
    there_is_news_.wait(lock, [this] { return ending_ || !kinds_.empty(); });
    if (ending_) return;
    there_is_news_.wait_for(lock, kGather, [this] { return ending_; });
    json::array kinds;
    for (const std::string& kind : kinds_)
      kinds.emplace_back(kind);
    kinds_.clear();
    const std::string data = to_text(json::object{{"kinds", std::move(kinds)}});
    std::erase_if(streams_, [&](const auto& stream) { return !stream->send("changes", data); });
  }
}

}  // namespace sonae::web

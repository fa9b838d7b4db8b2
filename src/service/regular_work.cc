#include "service/regular_work.h"

#include "store/caught.h"
#include "town/exchange/exchange.h"
#include "town/subscription/subscription.h"

namespace sonae::service {

namespace {
constexpr std::chrono::seconds kEvery{60};
}

RegularWork::RegularWork(TownService& service, std::function<void(const Error&)> failed)
    : service_(service), failed_(std::move(failed)), thread_([this] { run(); }) {}

RegularWork::~RegularWork() {
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ending_.notify_all();
  thread_.join();
}

void RegularWork::run() {
  std::unique_lock lock(mutex_);
  while (!end_) {
    lock.unlock();
    work();
    lock.lock();
    ending_.wait_for(lock, kEvery, [this] { return end_; });
  }
}

void RegularWork::work() {
  const auto told = [&](const auto& done) {
    if (!done) failed_(done.error());
  };
  told(store::caught([&] { return service_.town().note_logs(); }));
  told(store::caught([&] { return service_.exchange().upkeep(no_progress()); }));
  told(store::caught([&] { return service_.subscriptions().upkeep(no_progress()); }));
}

}  // namespace sonae::service

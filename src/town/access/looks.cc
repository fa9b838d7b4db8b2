#include "town/access/looks.h"

#include <algorithm>
#include <set>

namespace sonae::access {

namespace {
// A fact holds the looks of one moment, but stays of a size that is easily carried.
constexpr std::size_t kLooksInOneFact = 256;
constexpr std::size_t kShownInOneFact = 4096;
}  // namespace

journal::Subject looker(const PersonId& person) {
  return {"looker", person.text()};
}
journal::Subject seen(const std::string& shown) {
  return {"seen", shown};
}

Status LookRecorder::record(Look look) {
  auto mine = std::make_shared<Waiting>();
  mine->look = std::move(look);
  std::unique_lock lock(mutex_);
  waiting_.push_back(mine);
  for (;;) {
    changed_.wait(lock, [&] { return mine->done || !appending_; });
    if (mine->done) return mine->result;

    // Nobody writes: this caller does, for all who wait.
    appending_ = true;
    std::size_t count = 0, shown = 0;
    while (count < waiting_.size() && count < kLooksInOneFact) {
      shown += waiting_[count]->look.shown.size();
      if (count > 0 && shown > kShownInOneFact) break;
      ++count;
    }
    std::vector<std::shared_ptr<Waiting>> group(waiting_.begin(),
                                                waiting_.begin() + static_cast<std::ptrdiff_t>(count));
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
    lock.unlock();
    const Status result = append(group);
    lock.lock();
    for (const auto& one : group) {
      one->result = result;
      one->done = true;
    }
    appending_ = false;
    changed_.notify_all();
  }
}

Status LookRecorder::append(const std::vector<std::shared_ptr<Waiting>>& group) {
  Looked body;
  std::set<journal::Subject> subjects;
  for (const auto& one : group) {
    subjects.insert(looker(one->look.person));
    for (const std::string& shown : one->look.shown)
      subjects.insert(seen(shown));
    body.looks.push_back(one->look);
  }
  journal::Batch batch;
  // Each look names its own grant; the fact itself is made by the node.
  batch.drafts.push_back(journal::draft(journal::Stream::access, "access.looked",
                                        {subjects.begin(), subjects.end()}, GrantId{}, body));
  if (auto receipts = journal_.append(std::move(batch)); !receipts) return std::unexpected(receipts.error());
  return {};
}

}  // namespace sonae::access

#include "town/access/looks.h"

#include <algorithm>
#include <future>
#include <iterator>

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

LookRecorder::LookRecorder(journal::Journal& journal) : journal_(journal), thread_([this] { run(); }) {}

LookRecorder::~LookRecorder() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  something_waits_.notify_one();
  thread_.join();
}

Status LookRecorder::record(Look look) {
  std::promise<Status> promise;
  std::future<Status> durable = promise.get_future();
  record_later(std::move(look), [&promise](Status result) { promise.set_value(std::move(result)); });
  return durable.get();
}

void LookRecorder::record_later(Look look, Done done) {
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({std::move(look), std::move(done)});
    is_first = waiting_.size() == 1;
  }
  if (is_first) something_waits_.notify_one();  // without the lock: who is woken wants it at once
}

std::vector<LookRecorder::Waiting> LookRecorder::take_group() {
  std::unique_lock lock(mutex_);
  something_waits_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
  std::size_t count = 0, shown = 0;
  while (count < waiting_.size() && count < kLooksInOneFact) {
    shown += waiting_[count].look.shown.size();
    if (count > 0 && shown > kShownInOneFact) break;
    ++count;
  }
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Waiting> group(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  return group;
}

void LookRecorder::run() {
  for (std::vector<Waiting> group = take_group(); !group.empty(); group = take_group()) {
    const Status result = append(group);
    for (Waiting& one : group)
      one.done(result);
  }
}

Status LookRecorder::append(std::vector<Waiting>& group) {
  Looked body;
  std::vector<journal::Subject> subjects;
  body.looks.reserve(group.size());
  for (Waiting& one : group) {
    subjects.push_back(looker(one.look.person));
    for (const std::string& shown : one.look.shown)
      subjects.push_back(seen(shown));
    body.looks.push_back(std::move(one.look));
  }
  std::ranges::sort(subjects);
  const auto repeated = std::ranges::unique(subjects);
  subjects.erase(repeated.begin(), repeated.end());
  journal::Batch batch;
  // Each look names its own grant; the fact itself is made by the node.
  batch.drafts.push_back(
      journal::draft(journal::Stream::access, "access.looked", std::move(subjects), GrantId{}, body));
  if (auto receipts = journal_.append(std::move(batch)); !receipts) return std::unexpected(receipts.error());
  return {};
}

}  // namespace sonae::access

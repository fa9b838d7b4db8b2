#include "journal/fold_all.h"

#include <exception>
#include <memory>
#include <thread>

#include "base/bounded_queue.h"
#include "journal/statement_record.h"

namespace sonae::journal {

namespace {

// Below that a thread costs more than it brings.
constexpr std::size_t kWorthAThread = 256;
constexpr std::size_t kSubjectsAtOnce = 64;
constexpr std::size_t kUnderWay = 4;  // groups that are being derived, or wait for it or for the writer

struct Work {
  Subject subject;
  FoundAbout found;
  std::vector<Fact> facts;         // made of what was found by the thread that derives
  std::size_t first = 0, end = 0;  // its statements
  bool here = false;               // its fold asks the database: it is done on the connection itself
};

struct Group {
  std::vector<Work> works;
  StatementRecord record;
  std::exception_ptr failed;
};

void derive(const Views& views, BytesView town_key, Group& group) {
  const Blobs blobs(group.record, town_key);
  for (Work& work : group.works) {
    work.first = group.record.size();
    group.record.nothing_to_remove(work.found.never_folded);
    try {
      work.facts = facts_of(std::move(work.found), work.subject);
      views.fold(group.record, blobs, work.subject, work.facts);
    } catch (const StatementRecord::Asked&) {
      group.record.cut_to(work.first);
      work.here = true;
    } catch (...) {
      group.failed = std::current_exception();
      return;
    }
    work.end = group.record.size();
  }
}

// The second thread, and what is under way between the two.
class Deriving {
 public:
  Deriving(const Views& views, BytesView town_key)
      : thread_([this, &views, town_key] {
          while (auto group = to_derive_.take()) {
            derive(views, town_key, **group);
            if (!derived_.put(std::move(*group))) return;
          }
        }) {}
  ~Deriving() {
    to_derive_.close();
    derived_.close();
    thread_.join();
  }
  Deriving(const Deriving&) = delete;
  Deriving& operator=(const Deriving&) = delete;

  bool full() const { return under_way_ == kUnderWay; }
  bool nothing_under_way() const { return under_way_ == 0; }
  void put(std::unique_ptr<Group> group) {
    ++under_way_;
    to_derive_.put(std::move(group));
  }
  std::unique_ptr<Group> take() {
    --under_way_;
    return std::move(*derived_.take());
  }

 private:
  std::size_t under_way_ = 0;
  BoundedQueue<std::unique_ptr<Group>> to_derive_{kUnderWay}, derived_{kUnderWay};
  std::thread thread_;  // last: it uses the queues
};

void write(store::Connection& connection, const Blobs& blobs, const Views& views, const Group& group) {
  if (group.failed) std::rethrow_exception(group.failed);
  for (const Work& work : group.works) {
    if (work.here) {
      views.fold(connection, blobs, work.subject, work.facts);
      continue;
    }
    try {
      group.record.run_on(connection, work.first, work.end);
    } catch (const store::StoreError& failure) {
      Error error = failure.error();
      error.where = "view of " + work.subject.kind + ":" + work.subject.id +
                    (error.where.empty() ? "" : " (" + error.where + ")");
      throw store::StoreError(std::move(error));
    }
  }
}

}  // namespace

void fold_all(store::Connection& connection, const Blobs& blobs, BytesView town_key, const Views& views,
              std::span<const Subject> subjects, const FindFacts& find) {
  if (subjects.size() < kWorthAThread) {
    for (const Subject& subject : subjects)
      if (views.folds(subject.kind)) views.fold(connection, blobs, subject, facts_of(find(subject), subject));
    return;
  }
  Deriving deriving(views, town_key);
  std::vector<std::unique_ptr<Group>> spare;
  const auto write_one = [&] {
    std::unique_ptr<Group> group = deriving.take();
    write(connection, blobs, views, *group);
    spare.push_back(std::move(group));
  };
  for (std::size_t next = 0; next < subjects.size();) {
    if (deriving.full()) write_one();
    std::unique_ptr<Group> group;
    if (spare.empty()) {
      group = std::make_unique<Group>();
    } else {
      group = std::move(spare.back());
      spare.pop_back();
      group->works.clear();
      group->record.clear();
    }
    for (; next < subjects.size() && group->works.size() < kSubjectsAtOnce; ++next)
      if (views.folds(subjects[next].kind))
        group->works.push_back({subjects[next], find(subjects[next]), {}});
    deriving.put(std::move(group));
  }
  while (!deriving.nothing_under_way())
    write_one();
}

}  // namespace sonae::journal

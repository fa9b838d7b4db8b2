// Appends per second with every one acknowledged only when it is on the disk, beside what the machine's disk
// allows at best: a program that only collects the same bytes from the same threads, syncs a plain file for
// each group, and wakes the threads as the journal does. And how fast views are derived again. Processor time
// is printed beside each rate: other work on the machine changes it far less.
//
//   journal_bench DIRECTORY [FACTS] [THREADS]     the directory must be on a real disk
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "journal/bell.h"
#include "journal/header.h"
#include "journal/journal.h"
#include "journal/testing_view.h"

using namespace sonae;
using namespace sonae::journal;

namespace {

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// About what one row of a shelter list weighs.
const Bytes kBody = R"({"text":")" + Bytes(300, 'x') + R"("})";

Draft draft_of(int thread, int i) {
  Draft made;
  made.kind = "reception.entry_written";
  made.subjects = {{"page", fmt::format("{:03}-{:08}", thread, i)}, {"shelter", std::to_string(thread % 8)}};
  made.body = kBody;
  return made;
}

// Collects records from many threads and syncs a plain file once for each group.
class PlainFile {
 public:
  explicit PlainFile(const std::string& path)
      : descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600)), thread_([this] { run(); }) {}
  ~PlainFile() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    waits_.notify_one();
    thread_.join();
    ::close(descriptor_);
  }
  void append(BytesView record) {
    std::atomic<bool> durable = false;
    std::shared_ptr<Bell> bell;
    {
      const std::lock_guard lock(mutex_);
      bytes_.append(record);
      waiting_.push_back(&durable);
      bell = bell_;
      if (waiting_.size() == 1) waits_.notify_one();
    }
    bell->wait(durable);
  }
  std::uint64_t groups() const { return groups_; }

 private:
  void run() {
    for (;;) {
      std::vector<std::atomic<bool>*> group;
      std::shared_ptr<Bell> bell = std::make_shared<Bell>();
      Bytes bytes;
      {
        std::unique_lock lock(mutex_);
        waits_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        group.swap(waiting_);
        bell.swap(bell_);
        bytes.swap(bytes_);
      }
      if (::write(descriptor_, bytes.data(), bytes.size()) < 0 || ::fdatasync(descriptor_) != 0) std::abort();
      ++groups_;
      for (std::atomic<bool>* const durable : group)
        durable->store(true, std::memory_order_release);
      bell->ring();
    }
  }
  int descriptor_;
  std::mutex mutex_;
  std::condition_variable waits_;
  Bytes bytes_;
  std::vector<std::atomic<bool>*> waiting_;
  std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
  bool closed_ = false;
  std::atomic<std::uint64_t> groups_ = 0;
  std::thread thread_;
};

double processor_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Rate {
  double per_second;
  double processor_us;  // for each append
};

// Of `threads` threads that each append one after another.
template <class Append>
Rate rate(int facts, int threads, Append append) {
  const double start = seconds_now();
  const double processor = processor_seconds();
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; ++t)
    workers.emplace_back([&, t] {
      for (int i = 0; i < facts / threads; ++i)
        append(t, i);
    });
  for (std::thread& worker : workers)
    worker.join();
  const int done = facts / threads * threads;
  return {done / (seconds_now() - start), 1e6 * (processor_seconds() - processor) / done};
}

Rate plain_rate(const std::string& directory, int facts, int threads, double& per_group) {
  PlainFile file(directory + "/plain");
  Header header;
  header.kind = draft_of(0, 0).kind;
  header.subjects = draft_of(0, 0).subjects;
  const Bytes record = header_text(header) + kBody + Bytes(16 + 32, 's');
  const Rate result = rate(facts, threads, [&](int, int) { file.append(record); });
  per_group = static_cast<double>(facts) / static_cast<double>(file.groups());
  return result;
}

Rate journal_rate(const std::string& directory, int facts, int threads, std::vector<View*> views,
                  bool rebuild) {
  for (const char* const end : {"", "-wal", "-shm"})
    std::filesystem::remove(directory + "/bench.db" + end);
  const auto database = store::open_sqlite(directory + "/bench.db").value();
  const SigningKey key = SigningKey::generate(real_env().random);
  auto journal = Journal::open(real_env(), *database, {TownId{}, Bytes(32, 't'), key}, views).value();
  const Rate result = rate(facts, threads, [&](int t, int i) {
    if (!journal->append({{draft_of(t, i)}, {}, {}})) std::abort();
  });
  if (rebuild) {
    const double start = seconds_now();
    if (!journal->rebuild(no_progress())) std::abort();
    fmt::print("rebuild of one view, one row for each fact: {:.0f} facts/s\n",
               facts / (seconds_now() - start));
  }
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "journal_bench DIRECTORY [FACTS] [THREADS]\n");
    return 2;
  }
  const std::string directory = std::string(argv[1]) + "/journal-bench";
  const int facts = argc > 2 ? std::atoi(argv[2]) : 50'000;
  std::vector<int> threads{16, 64, 256};
  if (argc > 3) threads = {std::atoi(argv[3])};
  std::filesystem::create_directories(directory);
  NotesView view;
  for (const int count : threads) {
    // Turn about, and the plain file before and after: a shared disk is not equally fast all the time.
    double per_group = 0;
    const Rate before = plain_rate(directory, facts, count, per_group);
    const Rate bare = journal_rate(directory, facts, count, {}, false);
    const Rate folded = journal_rate(directory, facts, count, {&view}, count == threads.back());
    const Rate after = plain_rate(directory, facts, count, per_group);
    const double plain = (before.per_second + after.per_second) / 2;
    const auto show = [&](const char* what, double per_second, double processor_us) {
      fmt::print("  {:<22}{:>8.0f}/s {:>5.0f} % {:>7.1f} us of processor each\n", what, per_second,
                 100 * per_second / plain, processor_us);
    };
    fmt::print("{} threads, {:.0f} a group of the plain file\n", count, per_group);
    show("plain file", plain, (before.processor_us + after.processor_us) / 2);
    show("journal", bare.per_second, bare.processor_us);
    show("journal with a view", folded.per_second, folded.processor_us);
  }
  std::filesystem::remove_all(directory);
  return 0;
}

// The journal on PostgreSQL: the same as on SQLite, and nothing acknowledged is lost with its server.
#include <doctest/doctest.h>

#include <sys/mount.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "journal/testing.h"
#include "journal/testing_view.h"
#include "journal/verify.h"
#include "store/postgres.h"
#include "store/postgres_testing.h"

using namespace sonae;
using namespace sonae::journal;

namespace {

// A journal on a database that may fail under it.
struct Node {
  Node(store::Database& opened, std::vector<View*> kept) : database(opened), views(std::move(kept)) {
    journal = Journal::open(env, database, options, views).value();
  }
  // Each entry, blob, checkpoint and view row, as text.
  std::string content() {
    std::string text;
    const auto connection = journal->reader();
    for (const char* const select :
         {"SELECT row, header, salt, body, body_hash, leaf_hash FROM journal_entry ORDER BY row",
          "SELECT address, size, content FROM journal_blob ORDER BY address",
          "SELECT subject, row FROM journal_subject ORDER BY subject, row",
          "SELECT log, size, note FROM journal_checkpoint ORDER BY log, size"}) {
      const auto row = connection->query(select);
      while (row->next())
        for (int column = 0; column < row->columns(); ++column)
          text += row->kind(column) == 'b' ? to_hex(row->bytes(column)) + " "
                                           : std::to_string(row->integer(column)) + " ";
    }
    dump(*connection, views, [&](std::string_view line) { text.append(line) += '\n'; });
    return text;
  }
  void must_be_sound() {
    const VerifyReport report = verify(env, database, options, views, {}, no_progress()).value();
    for (const Finding& finding : report.findings)
      MESSAGE(finding.place << ": " << finding.what.english);
    CHECK(report.sound());
  }

  FakeClock clock;
  SeededRandom random{7};
  MemoryDisk disk;
  Env env{clock, random, disk};
  Options options{*TownId::from_bytes("a town for tests"), Bytes(32, 't'),
                  SigningKey::from_seed(Bytes(32, 'n'))};
  store::Database& database;
  std::vector<View*> views;
  std::unique_ptr<Journal> journal;
};

void live(Node& node) {
  for (int i = 0; i < 40; ++i) {
    Batch batch;
    for (int k = 0; k <= i % 4; ++k)
      batch.drafts.push_back(
          note(std::to_string(i % 7), "備え " + std::to_string(i) + "." + std::to_string(k)));
    if (i % 5 == 0) batch.blobs.push_back(Bytes(static_cast<std::size_t>(i) * 100, 'b'));
    const auto receipts = node.journal->append(std::move(batch)).value();
    if (i % 9 == 0)
      REQUIRE(
          node.journal->append({{note(std::to_string(i % 7), "instead", {receipts.front().fact})}, {}, {}}));
    node.clock.advance_ms(10);
  }
}

// Threads that append until they are told to stop; what was acknowledged.
class Appending {
 public:
  explicit Appending(Journal& journal) : journal_(journal) {
    for (int t = 0; t < 4; ++t)
      threads_.emplace_back([this, t] { run(t); });
  }
  void wait_for(std::size_t count) {
    while (acknowledged() < count)
      std::this_thread::yield();
  }
  std::size_t acknowledged() {
    const std::lock_guard lock(mutex_);
    return facts_.size();
  }
  std::set<FactId> stop() {
    stop_ = true;
    for (std::thread& thread : threads_)
      thread.join();
    threads_.clear();
    return facts_;
  }
  int refused() const { return refused_; }

 private:
  void run(int thread) {
    for (int i = 0; !stop_; ++i) {
      const auto receipts =
          journal_.append({{note("t" + std::to_string(thread), std::to_string(i))}, {}, {}});
      if (receipts) {
        const std::lock_guard lock(mutex_);
        facts_.insert(receipts->front().fact);
      } else {
        ++refused_;
      }
    }
  }
  Journal& journal_;
  std::atomic<bool> stop_ = false;
  std::atomic<int> refused_ = 0;
  std::mutex mutex_;
  std::set<FactId> facts_;  // guarded by mutex_
  std::vector<std::thread> threads_;
};

// Each once: a fact that was written again after a lost commit would stand in the log twice.
void all_there_once(Node& node, const std::set<FactId>& acknowledged) {
  const auto connection = node.journal->reader();
  std::set<FactId> found;
  for (const Fact& fact : all_facts(*connection))
    CHECK(found.insert(fact.header.id).second);
  CHECK(std::ranges::includes(found, acknowledged));
}

}  // namespace

TEST_CASE("the same operations leave the same journal and views on PostgreSQL as on SQLite") {
  NotesView view;
  const TemporaryDirectory directory;
  const auto sqlite = store::open_sqlite(directory.path() + "/town.db").value();
  const auto postgres = store::open_postgres(store::postgres_cluster().new_schema()).value();
  Node one(*sqlite, {&view});
  Node other(*postgres, {&view});
  live(one);
  live(other);
  CHECK(!first_difference(one.content(), other.content()));
  other.must_be_sound();
  REQUIRE(other.journal->rebuild(no_progress()));
  CHECK(!first_difference(one.content(), other.content()));
}

TEST_CASE("the server is killed in the middle of appends and comes back: all goes on, nothing is lost") {
  NotesView view;
  store::PostgresCluster cluster;
  const auto database = store::open_postgres(cluster.new_schema()).value();
  Node node(*database, {&view});
  Appending appending(*node.journal);
  for (std::size_t round = 1; round <= 4; ++round) {
    appending.wait_for(appending.acknowledged() + 100);
    cluster.kill_now();
    cluster.start();
  }
  appending.wait_for(appending.acknowledged() + 100);
  const auto acknowledged = appending.stop();
  CHECK(appending.refused() == 0);
  all_there_once(node, acknowledged);
  node.must_be_sound();
}

TEST_CASE("a server that stays away: an error in both languages, and work goes on when it is back") {
  NotesView view;
  store::PostgresCluster cluster;
  store::PostgresOptions options;
  options.patience_seconds = 0;
  const auto database = store::open_postgres(cluster.new_schema(), options).value();
  Node node(*database, {&view});
  REQUIRE(node.journal->append({{note("a", "before")}, {}, {}}));
  cluster.kill_now();
  const auto refused = node.journal->append({{note("a", "lost")}, {}, {}});
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::busy);
  CHECK(!refused.error().in(Language::japanese).empty());
  cluster.start();
  CHECK(node.journal->append({{note("a", "after")}, {}, {}}).value().front().position == 1);
  node.must_be_sound();
}

TEST_CASE("a server that comes back older than what was acknowledged is not written to") {
  NotesView view;
  store::PostgresCluster cluster;
  const auto database = store::open_postgres(cluster.new_schema()).value();
  Node node(*database, {&view});
  REQUIRE(node.journal->append({{note("a", "early")}, {}, {}}));
  const std::string data = cluster.directory() + "/data";
  cluster.stop();
  REQUIRE(std::system(("cp -a " + data + " " + data + ".old").c_str()) == 0);
  cluster.start();
  REQUIRE(node.journal->append({{note("a", "late")}, {}, {}}));
  cluster.kill_now();
  std::filesystem::remove_all(data);
  std::filesystem::rename(data + ".old", data);
  cluster.start();
  for (int i = 0; i < 2; ++i)
    CHECK(node.journal->append({{note("a", "again")}, {}, {}}).error().code == ErrorCode::conflict);
}

TEST_CASE("the server's disk is full: an error, no loss, and on it goes when there is room") {
  const TemporaryDirectory directory;
  if (::geteuid() != 0 || ::mount("tmpfs", directory.path().c_str(), "tmpfs", 0, "size=96m,mode=0777") != 0) {
    MESSAGE("only root may mount a small disk");
    return;
  }
  struct Unmount {
    std::string path;
    ~Unmount() { ::umount2(path.c_str(), MNT_DETACH); }
  } const unmount{directory.path()};
  NotesView view;
  {
    store::PostgresCluster cluster(directory.path());
    store::PostgresOptions options;
    options.patience_seconds = 1;
    const auto database = store::open_postgres(cluster.new_schema(), options).value();
    Node node(*database, {&view});
    const std::string ballast = directory.path() + "/ballast";
    std::ofstream(ballast) << std::string(std::size_t{16} << 20, 'b');
    std::size_t acknowledged = 0;
    Result<std::vector<Receipt>> result;
    do {  // content that does not compress
      Bytes content(200'000, '\0');
      for (char& byte : content)
        byte = static_cast<char>(node.random.below(256));
      result = node.journal->append({{note("a", std::to_string(acknowledged))}, {content}, {}});
      if (result) ++acknowledged;
    } while (result);
    // PostgreSQL refuses a row where a table cannot grow, and ends where its log cannot.
    const ErrorCode code = result.error().code;
    CHECK((code == ErrorCode::disk_full || code == ErrorCode::busy));
    std::filesystem::remove(ballast);
    if (code == ErrorCode::busy) {
      cluster.kill_now();
      cluster.start();
    }
    CHECK(node.journal->append({{note("a", "there is room")}, {}, {}}));
    CHECK(all_facts(*node.journal->reader()).size() == acknowledged + 1);
    node.must_be_sound();
  }
}

// Support for tests: a town's journal in a temporary directory (where SONAE_TEST_STORE says "postgres": in a
// schema of a PostgreSQL server of the test's own) with a fixed key, clock and randomness, and
// the two promises that every view must keep: it is the same in whatever order the facts arrived, and the
// same after a rebuild.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/fake_env.h"
#include "journal/ingest.h"
#include "journal/journal.h"

namespace sonae::journal {

// A directory that is removed at the end; in memory where the machine has such a place.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Whether tests are to run on PostgreSQL.
bool tests_use_postgres();

// A journal of its own, open. The views must outlive it.
class TestTown {
 public:
  // `node`: another letter, another node of the same town.
  explicit TestTown(std::vector<View*> views = {}, std::uint64_t seed = 1, char node = 'n');

  Journal& journal() { return *journal_; }
  store::Database& database() { return *database_; }
  Env& env() { return env_; }
  FakeClock& clock() { return clock_; }
  SeededRandom& random() { return random_; }
  const Options& options() const { return options_; }
  const std::vector<View*>& views() const { return views_; }
  const std::string& directory() const { return directory_.path(); }

  // Closes the journal and opens it again, as a new start of the program would; with other views if given.
  void reopen(std::optional<std::vector<View*>> views = std::nullopt);
  // The canonical dump of all views.
  std::string dump();

 private:
  TemporaryDirectory directory_;
  FakeClock clock_;
  SeededRandom random_;
  MemoryDisk disk_;
  Env env_{clock_, random_, disk_};
  Options options_;
  std::vector<View*> views_;
  std::string postgres_;  // its URL; empty for SQLite
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<Journal> journal_;
};

// What a journal holds, for handing to the checks below: facts in the order of their rows, contents of blobs.
std::vector<Fact> all_facts(store::Connection& connection);
std::vector<Bytes> all_blobs(store::Connection& connection, BytesView town_key);

// Hands these facts and blobs in many random orders, divided at random among the logs of several nodes and
// arriving in ranges of random lengths, each time to a fresh database, and compares the canonical dumps.
// Nothing where they agree, else what differs first and in which round.
std::optional<std::string> check_order_does_not_matter(const std::vector<View*>& views,
                                                       const std::vector<Fact>& facts, std::uint64_t seed,
                                                       const std::vector<Bytes>& blobs = {}, int rounds = 12);
// The same for what a town's journal holds; its own dump is compared as well.
std::optional<std::string> check_order_does_not_matter(TestTown& town, std::uint64_t seed, int rounds = 12);

// Rebuilds the views and compares the dump with that of before.
std::optional<std::string> check_rebuild(TestTown& town);

// Where two texts of lines differ first; nothing where they are the same.
std::optional<std::string> first_difference(std::string_view one, std::string_view other);

}  // namespace sonae::journal

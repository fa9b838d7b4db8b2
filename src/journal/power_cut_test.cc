// The promise that an acknowledgement means durable, against a disk that loses power at every single write.
#include <doctest/doctest.h>

#include <cstdlib>
#include <map>

#include "journal/reading.h"
#include "journal/ready_range.h"
#include "journal/testing.h"
#include "journal/testing_view.h"
#include "journal/verify.h"
#include "store/power_cut_vfs.h"

using namespace sonae;
using namespace sonae::journal;

namespace {

// A town on the failing disk, and what was promised to its callers.
struct World {
  store::PowerCutDisk disk{"power-cut"};
  FakeClock clock;
  SeededRandom random{11};
  MemoryDisk files;
  Env env{clock, random, files};
  Options options{*TownId::from_bytes("a town for tests"), Bytes(32, 't'),
                  SigningKey::from_seed(Bytes(32, 'n'))};
  NotesView view;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<Journal> journal;
  std::map<FactId, std::pair<LogId, std::uint64_t>> promised;
  std::map<FactId, Bytes> asked;  // everything that was ever handed to append

  Status open() {
    journal.reset();
    database.reset();
    store::SqliteOptions sqlite;
    sqlite.vfs = "power-cut";
    database = TRY(store::open_sqlite("town.db", sqlite));
    journal = TRY(Journal::open(env, *database, options, {&view}));
    return {};
  }

  // True where it was acknowledged.
  bool append(int number) {
    Batch batch;
    for (int k = 0; k < 3; ++k) {
      Draft made = note(std::to_string(k),
                        "text " + std::to_string(number) + Bytes(static_cast<std::size_t>(number) * 40, '.'));
      made.id = random.id<FactId>();
      if (k == 1) made.stream = Stream::urgent;
      asked[made.id] = made.body;
      batch.drafts.push_back(std::move(made));
    }
    if (number % 2 == 0) batch.blobs.push_back("blob " + std::to_string(number));
    const auto receipts = journal->append(std::move(batch));
    if (!receipts) return false;
    for (const Receipt& receipt : *receipts)
      promised[receipt.fact] = {receipt.log, receipt.position};
    return true;
  }

  // Makes a town, appends, lets SQLite copy its log into the file, closes and opens again, appends more.
  void workload() {
    if (!open()) return;
    for (int i = 0; i < 3; ++i)
      append(i);
    try {
      database->connect()->script("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const store::StoreError&) {
      // The power is off: what follows finds out for itself.
    }
    for (int i = 3; i < 5; ++i)
      append(i);
    if (!open()) return;
    append(5);
    journal.reset();
    database.reset();
  }

  void check_promises() {
    const auto reader = journal->reader();
    for (const auto& [id, place] : promised) {
      const auto found = fact(*reader, id);
      CAPTURE(place.second);
      REQUIRE(found);
      REQUIRE(found->body == asked[id]);
    }
    std::size_t here = 0;
    for (const Fact& found : all_facts(*reader)) {
      REQUIRE(asked.contains(found.header.id));
      REQUIRE(found.body == asked[found.header.id]);
      ++here;
    }
    REQUIRE(here % 3 == 0);  // batches are there whole or not at all
    const VerifyReport report = verify(env, *database, options, {&view}, {}, no_progress()).value();
    for (const Finding& finding : report.findings)
      MESSAGE(finding.place << ": " << finding.what.english);
    REQUIRE(report.sound());
    // The same position as on the receipt: asking again with the same id gives the first receipt.
    for (const auto& [id, place] : promised) {
      Draft again;
      const Fact found = *fact(*reader, id);
      again.id = id;
      again.stream = place.first.stream;
      again.kind = found.header.kind;
      again.subjects = found.header.subjects;
      again.body = found.body;
      const auto receipt = journal->append({{again}, {}, {}});
      REQUIRE(receipt);
      REQUIRE(receipt->front().position == place.second);
      REQUIRE(receipt->front().log == place.first);
    }
  }
};

int seeds(int short_form) {
  const char* const wanted = std::getenv("SONAE_POWER_CUT_SEEDS");
  return wanted == nullptr ? short_form : std::atoi(wanted);
}

std::uint64_t operations_of_workload() {
  World world;
  world.workload();
  REQUIRE(world.promised.size() == 18);
  return world.disk.operations();
}

}  // namespace

TEST_CASE("the power may fail at every write: what was acknowledged stays") {
  const std::uint64_t operations = operations_of_workload();
  std::uint64_t cuts = 0;
  for (int seed = 1; seed <= seeds(1); ++seed)
    for (std::uint64_t at = 0; at < operations; ++at, ++cuts) {
      CAPTURE(seed);
      CAPTURE(at);
      World world;
      world.disk.cut_at(at);
      world.workload();
      world.journal.reset();
      world.database.reset();
      world.disk.restart(static_cast<std::uint64_t>(seed) * 1'000'003 + at);
      const Status opened = world.open();
      if (!opened) MESSAGE(opened.error().in(Language::english));
      REQUIRE(opened);
      world.check_promises();
      REQUIRE(world.append(9));
      world.check_promises();
    }
  MESSAGE(cuts << " power cuts at " << operations << " different writes");
}

TEST_CASE("one write that fails fails its batch only") {
  const std::uint64_t operations = operations_of_workload();
  for (std::uint64_t at = 0; at < operations; at += 3) {
    CAPTURE(at);
    World world;
    world.disk.fail_at(at, store::PowerCutDisk::Failure::once);
    world.workload();
    world.disk.repair();
    const Status opened = world.open();
    if (!opened) MESSAGE(opened.error().in(Language::english));
    REQUIRE(opened);
    REQUIRE(world.append(9));
    world.check_promises();
    // And a power cut right after must not bring back anything else.
    world.journal.reset();
    world.database.reset();
    world.disk.restart(at);
    REQUIRE(world.open());
    world.check_promises();
  }
}

TEST_CASE("what could not be synced is acknowledged to who sends it again only once it is on the disk") {
  const std::uint64_t operations = operations_of_workload();
  for (std::uint64_t at = 0; at < operations; ++at) {
    CAPTURE(at);
    World world;
    // From here on nothing reaches the disk, the closing of the database neither.
    world.disk.fail_at(at, store::PowerCutDisk::Failure::lasting);
    world.workload();
    world.journal.reset();
    world.database.reset();
    world.disk.repair();
    REQUIRE(world.open());
    for (const Fact& here : all_facts(*world.journal->reader())) {
      Draft again;
      again.id = here.header.id;
      again.stream = here.header.subjects.front().id == "1" ? Stream::urgent : Stream::ordinary;
      again.kind = here.header.kind;
      again.subjects = here.header.subjects;
      again.body = here.body;
      const auto receipts = world.journal->append({{again}, {}, {}});
      REQUIRE(receipts);
      world.promised[again.id] = {receipts->front().log, receipts->front().position};
    }
    world.disk.cut_at(world.disk.operations());
    world.journal.reset();
    world.database.reset();
    world.disk.restart(at);
    REQUIRE(world.open());
    world.check_promises();
  }
}

TEST_CASE("what is here already is durable when settle() returns, whoever could not sync it") {
  for (const bool restarted : {false, true})
    for (std::uint64_t cut = 0; cut < 8; ++cut) {
      CAPTURE(restarted);
      CAPTURE(cut);
      World world;
      REQUIRE(world.open());
      world.disk.fail_at(world.disk.operations() + 1, store::PowerCutDisk::Failure::lasting);
      REQUIRE_FALSE(world.append(1));
      CHECK(all_facts(*world.journal->reader()).size() == 3);  // it can be read all the same
      CHECK_FALSE(world.journal->settle());
      if (restarted) {
        world.journal.reset();
        world.database.reset();
      }
      world.disk.repair();
      if (restarted) REQUIRE(world.open());
      REQUIRE(world.journal->settle());
      world.disk.cut_at(world.disk.operations());
      world.journal.reset();
      world.database.reset();
      world.disk.restart(cut);
      REQUIRE(world.open());
      CHECK(all_facts(*world.journal->reader()).size() == 3);
    }
}

TEST_CASE(
    "ranges that are brought in bulk: a power cut costs what was not settled, and they can be brought "
    "again") {
  NotesView view;
  TestTown author({&view}, 3, 'a');
  std::vector<ReadyRange> ranges;
  for (std::uint64_t first = 0; first < 12; first += 3) {
    for (std::uint64_t i = first; i < first + 3; ++i)
      REQUIRE(author.journal().append({{note("page " + std::to_string(i % 5), Bytes(900, 'x'))}, {}, {}}));
    const auto range = read_range(*author.journal().reader(), {author.journal().node(), Stream::ordinary},
                                  first, 3, author.options().town_key);
    ranges.push_back(*make_ready(*range, author.options().town_key));
  }
  // How many facts were settled when it ended.
  const auto bring = [&](World& world) {
    std::size_t brought = 0, settled = 0;
    if (!world.open()) return settled;
    for (std::size_t i = 0; i < ranges.size(); i += 2) {
      if (!world.journal->ingest_ready(std::span(ranges).subspan(i, 2))) return settled;
      brought += ranges[i].entries.size() + ranges[i + 1].entries.size();
      if (brought == 6 && world.journal->settle()) settled = brought;
    }
    if (world.journal->settle()) settled = brought;
    return settled;
  };
  const std::uint64_t operations = [&] {
    World whole;
    REQUIRE(bring(whole) == 12);
    return whole.disk.operations();
  }();
  for (std::uint64_t at = 0; at < operations; at += 2) {
    CAPTURE(at);
    World world;
    world.disk.cut_at(at);
    const std::size_t settled = bring(world);
    world.journal.reset();
    world.database.reset();
    world.disk.restart(at);
    REQUIRE(world.open());
    CHECK(all_facts(*world.journal->reader()).size() >= settled);
    const VerifyReport report =
        verify(world.env, *world.database, world.options, {&world.view}, {}, no_progress()).value();
    REQUIRE(report.sound());
    CHECK(bring(world) == 12);
    CHECK(all_facts(*world.journal->reader()).size() == 12);
  }
}

TEST_CASE("a full disk refuses, loses nothing, and is used again when there is room") {
  World world;
  REQUIRE(world.open());
  REQUIRE(world.append(1));
  world.disk.set_capacity(world.disk.used() + 20'000);
  int refused = 0;
  for (int i = 0; i < 10; ++i) {
    const auto receipts = world.journal->append({{note("page", Bytes(9'000, 'x'))}, {}, {}});
    if (receipts) continue;
    ++refused;
    CHECK(receipts.error().code == ErrorCode::disk_full);
  }
  CHECK(refused > 5);
  world.disk.set_capacity(UINT64_MAX);
  REQUIRE(world.append(2));
  CHECK(verify(world.env, *world.database, world.options, {&world.view}, {}, no_progress())->sound());
  for (const auto& [id, place] : world.promised)
    CHECK(fact(*world.journal->reader(), id));
}

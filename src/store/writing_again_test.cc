// A disk whose sync fails and that then holds for written what it never wrote.
#include "store/writing_again.h"

#include <doctest/doctest.h>

#include "store/power_cut_vfs.h"
#include "store/store.h"

using namespace sonae;
using namespace sonae::store;

namespace {

using Failure = PowerCutDisk::Failure;

// One process after another on one disk; each claims to be the writer.
struct Process {
  explicit Process(const char* disk) {
    SqliteOptions options;
    options.vfs = disk;
    database = open_sqlite("town.db", options).value();
    claim = database->claim_writer().value();
    writer = database->connect();
    writer->script("CREATE TABLE IF NOT EXISTS note (id BIGINT PRIMARY KEY, text TEXT NOT NULL)");
    writer->sync_separately();
  }

  void write(int id) const {
    Transaction transaction(*writer, Transaction::Kind::write);
    writer->run("INSERT INTO note (id, text) VALUES ($1, $2)", id, text());
    transaction.commit();
  }
  // Those that are whole.
  std::int64_t notes() const {
    const auto row = writer->query("SELECT COUNT(*) FROM note WHERE text = $1", text());
    return row->next() ? row->integer(0) : -1;
  }

  static std::string text() { return std::string(6000, 'n'); }

  std::unique_ptr<Database> database;
  std::unique_ptr<Claim> claim;
  std::unique_ptr<Connection> writer;
};

constexpr std::uint64_t kCuts = 8;

}  // namespace

TEST_CASE("after a failed sync a later one is answered only upon what was written again") {
  for (std::uint64_t cut = 0; cut < kCuts; ++cut) {
    CAPTURE(cut);
    PowerCutDisk disk("again-same");
    {
      const Process process("again-same");
      process.write(1);
      disk.fail_at(disk.operations(), Failure::once);
      CHECK_THROWS_AS(process.writer->make_durable(), StoreError);
      process.write(2);
      process.writer->make_durable();
      disk.cut_at(disk.operations());
    }
    disk.restart(cut);
    CHECK(Process("again-same").notes() == 2);
  }
}

TEST_CASE("what an earlier process could not sync is written again before the next one's sync is answered") {
  for (std::uint64_t cut = 0; cut < kCuts; ++cut) {
    CAPTURE(cut);
    PowerCutDisk disk("again-next");
    {
      const Process process("again-next");
      process.write(1);
      disk.fail_at(disk.operations(), Failure::lasting);
      CHECK_THROWS_AS(process.writer->make_durable(), StoreError);
    }
    disk.repair();
    {
      const Process process("again-next");
      CHECK(process.notes() == 1);
      process.writer->make_durable();
      disk.cut_at(disk.operations());
    }
    disk.restart(cut);
    const Process process("again-next");
    CHECK(process.notes() == 1);
    CHECK(process.database->check().empty());
  }
}

TEST_CASE("nothing is copied out of a WAL that the last process could not sync, until it was written again") {
  const auto could_not_sync = [](PowerCutDisk& disk) {
    const Process process("again-copy");
    for (int id = 1; id < 30; ++id)
      process.write(id);
    process.writer->script("PRAGMA wal_checkpoint(TRUNCATE)");
    process.writer->run("DELETE FROM note WHERE id < 20");
    disk.fail_at(disk.operations(), Failure::lasting);
    CHECK_THROWS_AS(process.writer->make_durable(), StoreError);
  };
  const std::uint64_t operations = [&] {
    PowerCutDisk disk("again-copy");
    could_not_sync(disk);
    disk.repair();
    const std::uint64_t before = disk.operations();
    Process("again-copy").writer.reset();
    return disk.operations() - before;
  }();
  REQUIRE(operations > 5);  // the WAL is copied into the file in the end
  for (std::uint64_t seed = 0; seed < operations * kCuts; ++seed) {
    CAPTURE(seed);
    PowerCutDisk disk("again-copy");
    could_not_sync(disk);
    disk.repair();
    disk.cut_at(disk.operations() + seed % operations);
    try {
      Process("again-copy").writer.reset();
    } catch (const StoreError&) {  // the power is off
    } catch (const std::bad_expected_access<Error>&) {
    }
    disk.restart(seed);
    const Process process("again-copy");
    CHECK(process.database->check().empty());
    CHECK((process.notes() == 29 || process.notes() == 10));
  }
}

TEST_CASE("who only reads copies nothing out of a WAL that another left") {
  PowerCutDisk disk("again-read");
  {
    const Process process("again-read");
    process.write(1);
    disk.fail_at(disk.operations(), Failure::lasting);
    CHECK_THROWS_AS(process.writer->make_durable(), StoreError);
  }
  disk.repair();
  const std::uint64_t before = disk.operations();
  SqliteOptions options;
  options.vfs = "again-read";
  {
    const auto database = open_sqlite("town.db", options).value();
    const auto reader = database->connect();
    CHECK(reader->query("SELECT COUNT(*) FROM note")->next());
  }
  CHECK(disk.operations() == before);
}

TEST_CASE("a file whose sync failed after a part of the WAL was copied is written again too") {
  // A checkpoint whose operation number `failing` fails, after one that copied only what a reader sees and
  // did not sync the file; then one more, and the WAL begins anew. How many operations the failing one had.
  const auto copy_twice = [](PowerCutDisk& disk, std::uint64_t failing) {
    const Process process("again-file");
    const auto copy = [&] {
      try {
        process.writer->script("PRAGMA wal_checkpoint(PASSIVE)");
      } catch (const StoreError&) {
      }
    };
    process.write(1);
    process.writer->make_durable();
    const auto reader = process.database->connect();
    reader->begin_read();
    process.write(2);
    process.writer->make_durable();
    copy();
    reader->rollback();
    const std::uint64_t before = disk.operations();
    if (failing != UINT64_MAX) disk.fail_at(before + failing, Failure::once);
    copy();
    const std::uint64_t operations = disk.operations() - before;
    copy();
    process.write(3);
    process.writer->make_durable();
    disk.cut_at(disk.operations());
    return operations;
  };
  const std::uint64_t operations = [&] {
    PowerCutDisk disk("again-file");
    return copy_twice(disk, UINT64_MAX);
  }();
  REQUIRE(operations > 3);
  for (std::uint64_t seed = 0; seed < operations * kCuts; ++seed) {
    CAPTURE(seed);
    PowerCutDisk disk("again-file");
    copy_twice(disk, seed % operations);
    disk.restart(seed);
    const Process process("again-file");
    CHECK(process.notes() == 3);
    CHECK(process.database->check().empty());
  }
}

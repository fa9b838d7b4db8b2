#include "store/wal_gathering.h"

#include <doctest/doctest.h>

#include "store/power_cut_vfs.h"
#include "store/store.h"

using namespace sonae;
using namespace sonae::store;

namespace {

std::unique_ptr<Database> database_on(const char* disk, int cache_mebibytes) {
  SqliteOptions options;
  options.vfs = disk;
  options.cache_mebibytes = cache_mebibytes;
  auto database = open_sqlite("town.db", options).value();
  database->connect()->script("CREATE TABLE IF NOT EXISTS note (id BIGINT PRIMARY KEY, text TEXT NOT NULL)");
  return database;
}

void write_notes(Connection& connection, int first, int count) {
  for (int i = first; i < first + count; ++i)
    connection.run("INSERT INTO note (id, text) VALUES ($1, $2)", i, std::string(3000, 'n'));
}

std::int64_t count_notes(Connection& connection) {
  const auto row = connection.query("SELECT COUNT(*) FROM note");
  return row->next() ? row->integer(0) : -1;
}

}  // namespace

TEST_CASE("WAL gathering: one commit of many pages is few writes, and others see it at once") {
  PowerCutDisk disk("gathering-few");
  const auto database = database_on("gathering-few", 64);
  const auto writer = database->connect();
  const auto reader = database->connect();
  const std::uint64_t before = disk.operations();
  Transaction transaction(*writer, Transaction::Kind::write);
  write_notes(*writer, 0, 100);  // a hundred pages and more
  transaction.commit();
  CHECK(disk.operations() - before < 20);
  CHECK(count_notes(*reader) == 100);
}

TEST_CASE("WAL gathering: what spills out of a small cache is read again, rolled back and written anew") {
  PowerCutDisk disk("gathering-spill");
  const auto database = database_on("gathering-spill", 1);
  const auto writer = database->connect();
  const auto reader = database->connect();
  for (int round = 0; round < 4; ++round) {
    {
      Transaction transaction(*writer, Transaction::Kind::write);
      write_notes(*writer, 1000 * round, 900);
      // Changed again after they were spilled: their frames' checksums are written anew at the commit.
      writer->run("UPDATE note SET text = $1 WHERE id >= $2", std::string(2900, 'c'), 1000 * round);
      CHECK(count_notes(*writer) == 900 * (round / 2 + round % 2) + 900);
      if (round % 2 == 0) transaction.commit();
    }
  }
  CHECK(count_notes(*reader) == 1800);
  CHECK(database->check().empty());
}

TEST_CASE("WAL gathering: a full disk fails the commit that it strikes, and no later one") {
  PowerCutDisk disk("gathering-full");
  const auto database = database_on("gathering-full", 64);
  const auto writer = database->connect();
  disk.set_capacity(disk.used() + 200'000);
  CHECK_THROWS_AS(
      [&] {
        Transaction transaction(*writer, Transaction::Kind::write);
        write_notes(*writer, 0, 200);
        transaction.commit();
      }(),
      StoreError);
  CHECK(count_notes(*database->connect()) == 0);
  disk.set_capacity(UINT64_MAX);
  Transaction transaction(*writer, Transaction::Kind::write);
  write_notes(*writer, 0, 200);
  transaction.commit();
  CHECK(count_notes(*database->connect()) == 200);
  CHECK(database->check().empty());
}

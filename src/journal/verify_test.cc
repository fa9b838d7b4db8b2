#include "journal/verify.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "journal/fork.h"
#include "journal/high_water.h"
#include "journal/reading.h"
#include "journal/testing.h"
#include "journal/testing_view.h"

using namespace sonae;
using namespace sonae::journal;

namespace {

VerifyReport verified(TestTown& town) {
  return verify(town.env(), town.database(), town.options(), town.views(), {}, no_progress()).value();
}

// Two streams, corrections, blobs of two sizes, more than one stored subtree and a kept checkpoint.
void live(TestTown& town, int batches) {
  std::vector<FactId> ids;
  for (int i = 0; i < batches; ++i) {
    const Bytes photograph =
        "photograph " + std::to_string(i % 5) + Bytes(static_cast<std::size_t>(i % 5) * 900, 'x');
    Batch batch;
    for (int k = 0; k < 13; ++k) {
      Draft made = note(std::to_string(k), "text " + std::to_string(i));
      if (k == 3) made.stream = Stream::urgent;
      if (k == 4 && i > 2) made.supersedes = {ids[static_cast<std::size_t>(i) - 1]};
      if (k == 5)
        made.body = to_text(to_json(NoteWritten{"with", town.journal().address_of(photograph).hex()}));
      batch.drafts.push_back(std::move(made));
    }
    batch.blobs.push_back(photograph);
    ids.push_back(town.journal().append(std::move(batch)).value()[4].fact);
  }
}

Bytes content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

void put_content(const std::string& path, BytesView content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(content.data(), static_cast<std::streamsize>(content.size()));
}

// Every table with every value: what a flipped bit must not have changed where nothing was found.
std::string everything(store::Database& database) {
  std::string text;
  const auto connection = database.connect();
  for (const std::string table :
       {"journal_meta", "journal_log", "journal_entry", "journal_fact", "journal_subject",
        "journal_supersedes", "journal_subtree", "journal_checkpoint", "journal_blob", "notes_page"}) {
    const auto rows = connection->query("SELECT * FROM " + table + " ORDER BY 1, 2");
    while (rows->next())
      for (int column = 0; column < rows->columns(); ++column)
        text.append(rows->bytes(column)) += rows->kind(column);
  }
  return text;
}

}  // namespace

TEST_CASE("a sound journal is found sound, and counted") {
  NotesView view;
  TestTown town({&view});
  live(town, 100);
  const VerifyReport report = verified(town);
  for (const Finding& finding : report.findings)
    MESSAGE(finding.place << ": " << finding.what.english);
  CHECK(report.sound());
  CHECK(report.facts == 1300);
  CHECK(report.blobs == 5);
  CHECK(report.checkpoints ==
        3);  // ordinary: the newest and the last before position 1024; urgent: the newest
}

TEST_CASE("each kind of damage is found and named") {
  NotesView view;
  TestTown town({&view});
  live(town, 30);
  struct Case {
    std::string damage;
    std::string place;
  };
  const std::string log = "log " + town.journal().node().text() + "/ordinary";
  const std::string row = std::to_string((std::int64_t{1} << 40) + 17);
  const std::vector<Case> cases{
      {"UPDATE journal_entry SET body = CAST('{\"text\":\"forged\"}' AS BYTES) WHERE row = " + row,
       log + " position 17"},
      {"UPDATE journal_entry SET header = CAST(replace(CAST(header AS TEXT), 'notes', 'Notes') AS BYTES) "
       "WHERE row = " +
           row,
       log + " position 17"},
      {"DELETE FROM journal_entry WHERE row = " + row, log + " position 17"},
      {"DELETE FROM journal_entry WHERE row > " + row + " + 340", log + " position 358"},
      {"DELETE FROM journal_subject WHERE row = " + row, log + " position 17"},
      {"DELETE FROM journal_fact WHERE row = " + row, log + " position 17"},
      {"INSERT INTO journal_supersedes VALUES (1, " + row + ")", log + " position 17"},
      {"UPDATE journal_subtree SET hash = zeroblob(32)", log + " position 0"},
      {"DELETE FROM journal_checkpoint WHERE log = 1", log},
      {"UPDATE journal_log SET stream = 3 WHERE number = 1", ""},
      {"UPDATE journal_blob SET size = size + 1 WHERE size > 3000", "blob "},
      {"DELETE FROM journal_blob WHERE size > 3000", "blob "},
      {"UPDATE notes_page SET standing = 'forged' WHERE page = '4'", "view notes, table notes_page, row"},
      {"DROP TABLE notes_page", "schema table notes_page"},
      {"CREATE INDEX stray ON notes_page (facts)", "schema index stray"},
      {"DROP TABLE journal_subtree", ""},
  };
  town.database().connect()->script("PRAGMA wal_checkpoint(TRUNCATE)");
  const Bytes sound = content_of(town.directory() + "/town.db");
  for (const Case& one : cases) {
    CAPTURE(one.damage);
    const TemporaryDirectory elsewhere;
    put_content(elsewhere.path() + "/town.db", sound);
    const auto database = store::open_sqlite(elsewhere.path() + "/town.db").value();
    database->connect()->script(one.damage);
    const VerifyReport report =
        verify(town.env(), *database, town.options(), town.views(), {}, no_progress()).value();
    CHECK(!report.sound());
    bool named = false;
    for (const Finding& finding : report.findings)
      named = named || finding.place.starts_with(one.place);
    CHECK(named);
  }
}

TEST_CASE("any flipped bit is found, or changed nothing") {
  NotesView view;
  TestTown town({&view});
  live(town, 12);
  town.database().connect()->script("PRAGMA wal_checkpoint(TRUNCATE)");
  const Bytes sound = content_of(town.directory() + "/town.db");
  const std::string before = everything(town.database());
  const char* const wanted = std::getenv("SONAE_FLIPS");
  const int flips = wanted == nullptr ? 150 : std::atoi(wanted);
  SeededRandom dice(20261120);
  const TemporaryDirectory elsewhere;
  const std::string path = elsewhere.path() + "/town.db";
  int found = 0;
  for (int i = 0; i < flips; ++i) {
    Bytes damaged = sound;
    const std::size_t at = dice.below(damaged.size());
    const int bit = static_cast<int>(dice.below(8));
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
    CAPTURE(at);
    CAPTURE(bit);
    put_content(path, damaged);
    const auto database = store::open_sqlite(path);
    if (!database) {
      ++found;
      continue;
    }
    const VerifyReport report =
        verify(town.env(), **database, town.options(), town.views(), {}, no_progress()).value();
    if (report.sound())
      CHECK(everything(**database) == before);
    else
      ++found;
  }
  MESSAGE(flips << " bits flipped, " << found << " found, the others in unused space");
  CHECK(found > flips / 3);
}

TEST_CASE("what cannot be a stream or a node in a damaged row is an error, never a crash") {
  TestTown town;
  live(town, 2);
  town.database().connect()->script("PRAGMA wal_checkpoint(TRUNCATE)");
  const Bytes sound = content_of(town.directory() + "/town.db");
  for (const char* const damage :
       {"UPDATE journal_log SET stream = 9 WHERE number = 1", "UPDATE journal_log SET stream = -1",
        "UPDATE journal_log SET node = x'00' WHERE number = 1", "UPDATE journal_log SET node = NULL || ''"}) {
    CAPTURE(damage);
    const TemporaryDirectory elsewhere;
    put_content(elsewhere.path() + "/town.db", sound);
    const auto database = store::open_sqlite(elsewhere.path() + "/town.db").value();
    const auto connection = database->connect();
    try {
      connection->script(damage);
    } catch (const store::StoreError&) {
      continue;  // the engine itself refuses it
    }
    connection->script("INSERT INTO journal_quarantine SELECT row, row >> 40 FROM journal_entry");
    connection->script("INSERT INTO journal_governing SELECT row, row >> 40 FROM journal_entry");
    connection->script("INSERT INTO journal_fork SELECT number, 3, x'00', 2 FROM journal_log");
    connection->script("INSERT INTO journal_fork_leaf SELECT number, 3, x'00', x'00' FROM journal_log");
    CHECK_THROWS_AS(logs_here(*connection), store::StoreError);
    CHECK_THROWS_AS(quarantined(*connection), store::StoreError);
    CHECK_THROWS_AS(governing_facts(*connection), store::StoreError);
    CHECK_THROWS_AS(forks(*connection), store::StoreError);
    CHECK_THROWS_AS(hold_to(*connection, {}), store::StoreError);
    const VerifyReport report =
        verify(town.env(), *database, town.options(), town.views(), {}, no_progress()).value();
    CHECK(!report.sound());
    // Its own log among others: nothing of it may be continued.
    const auto opened = Journal::open(town.env(), *database, town.options(), {});
    if (!opened) CHECK(opened.error().code == ErrorCode::corrupt);
  }
}

// Folding by two threads gives what folding one after another gives.
#include "journal/fold_all.h"

#include <doctest/doctest.h>

#include "journal/reading.h"
#include "journal/ready_range.h"
#include "journal/statement_record.h"
#include "journal/testing.h"
#include "journal/testing_view.h"
#include "journal/verify.h"

using namespace sonae;
using namespace sonae::journal;

namespace {

LogRange range_of(TestTown& town, std::uint64_t first) {
  const auto connection = town.journal().reader();
  return *read_range(*connection, {town.journal().node(), Stream::ordinary}, first, 1 << 20,
                     town.options().town_key);
}

// Pages with one note, with several, with corrections, and with an attachment, which a fold asks the database
// for.
void write_pages(TestTown& town, int pages, const std::string& word) {
  for (int i = 0; i < pages; ++i) {
    const std::string page = "page " + std::to_string(i);
    Batch batch{{note(page, word + std::to_string(i))}, {}, {}};
    if (i % 7 == 0) {
      batch.blobs.push_back("attached to " + word + page);
      batch.drafts[0].body =
          to_text(to_json(NoteWritten{"with", town.journal().address_of(batch.blobs[0]).hex()}));
    }
    if (i % 5 == 0) batch.drafts.push_back(note(page, "another"));
    const auto receipts = town.journal().append(std::move(batch));
    REQUIRE(receipts);
    if (i % 3 == 0)
      REQUIRE(town.journal().append({{note(page, "corrected", {receipts->front().fact})}, {}, {}}));
  }
}

bool sound(TestTown& town) {
  const auto report =
      verify(town.env(), town.database(), town.options(), town.views(), {}, no_progress()).value();
  for (const Finding& one : report.findings)
    MESSAGE(one.place << ": " << one.what.english);
  return report.sound();
}

}  // namespace

TEST_CASE("fold all: many subjects of one range give the rows that they gave one after another") {
  NotesView here, there;
  TestTown author({&here}), reader({&there}, 2, 'r');
  write_pages(author, 700, "first ");
  const LogRange first = range_of(author, 0);
  const auto ready = make_ready(first, reader.options().town_key);
  REQUIRE(ready);
  REQUIRE(reader.journal().ingest_ready(std::span(&*ready, 1)));
  REQUIRE(reader.journal().settle());
  CHECK(reader.dump() == author.dump());

  // Subjects that were folded before: their rows are removed first.
  write_pages(author, 700, "second ");
  REQUIRE(reader.journal().ingest(range_of(author, first.entries.size())));
  CHECK(reader.dump() == author.dump());
  REQUIRE(reader.journal().ingest_ready(std::span(&*ready, 1)));  // once more changes nothing
  CHECK(reader.dump() == author.dump());
  CHECK(sound(reader));
  CHECK_FALSE(check_rebuild(reader));
}

TEST_CASE("ranges that are brought together: all of them, or nothing where one is refused") {
  NotesView here, there, elsewhere;
  TestTown author({&here}), together({&there}, 2, 'r'), one_by_one({&elsewhere}, 3, 's');
  const auto range = [&](std::uint64_t first) {
    auto ready = make_ready(range_of(author, first), author.options().town_key);
    REQUIRE(ready);
    return std::move(*ready);
  };
  std::vector<ReadyRange> ranges;
  for (int part = 0; part < 4; ++part) {
    const std::uint64_t first = ranges.empty() ? 0 : ranges.back().first + ranges.back().entries.size();
    write_pages(author, 90, "part " + std::to_string(part) + " ");
    ranges.push_back(range(first));
  }
  for (const ReadyRange& each : ranges)
    REQUIRE(one_by_one.journal().ingest_ready(std::span(&each, 1)));

  std::vector<ReadyRange> damaged = ranges;
  damaged[2].entries[5].body += " ";
  damaged[2].entries[5].leaf = Hash{};
  CHECK_FALSE(together.journal().ingest_ready(damaged));
  CHECK(together.dump() == TestTown({&there}, 2, 'r').dump());

  // The second half comes with what is here already.
  REQUIRE(together.journal().ingest_ready(std::span(ranges).first(3)));
  REQUIRE(together.journal().ingest_ready(std::span(ranges).last(2)));
  CHECK(together.dump() == author.dump());
  CHECK(together.dump() == one_by_one.dump());
  CHECK(sound(together));
  CHECK_FALSE(check_rebuild(together));
}

TEST_CASE("fold all: what a fold runs is taken down and run later as it was") {
  TestTown town;
  const auto connection = town.database().connect();
  connection->script(
      "CREATE TABLE kinds (name TEXT PRIMARY KEY, number BIGINT, real DOUBLE PRECISION, content BYTES)");
  StatementRecord record;
  const auto insert = [&](const std::string& name) {
    record.run("INSERT INTO kinds (name, number, real, content) VALUES ($1, $2, $3, $4)", name, -7, 1.5,
               store::Blob{Bytes("a\0b", 3)});
  };
  insert("one");
  record.run("INSERT INTO kinds (name, number, real, content) VALUES ($1, $2, $3, $4)", "", nullptr, nullptr,
             store::Blob{""});
  const std::size_t two = record.size();
  insert("cut off");
  record.cut_to(two);
  record.nothing_to_remove(true);
  record.run("DELETE FROM kinds WHERE name = $1", "one");
  record.nothing_to_remove(false);
  CHECK(record.size() == two);
  bool asked = false;
  try {
    record.query("SELECT 1");
  } catch (const StatementRecord::Asked&) {
    asked = true;
  }
  CHECK(asked);
  record.run_on(*connection, 0, record.size());
  const auto row = connection->query("SELECT name, number, real, content FROM kinds ORDER BY name");
  REQUIRE(row->next());
  CHECK(row->text(0).empty());
  CHECK(row->kind(0) == 't');
  CHECK(row->is_null(1));
  CHECK(row->is_null(2));
  CHECK(row->kind(3) == 'b');
  REQUIRE(row->next());
  CHECK(row->text(0) == "one");
  CHECK(row->integer(1) == -7);
  CHECK(row->real(2) == 1.5);
  CHECK(row->bytes(3) == Bytes("a\0b", 3));
  CHECK_FALSE(row->next());
}

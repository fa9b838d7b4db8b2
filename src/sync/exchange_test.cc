#include "sync/exchange.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <deque>

#include "journal/fork.h"
#include "journal/header.h"
#include "journal/reading.h"
#include "journal/testing.h"
#include "journal/testing_view.h"
#include "journal/verify.h"
#include "store/power_cut_vfs.h"
#include "sync/cosignature.h"
#include "sync/thin_entries.h"

using namespace sonae;
using journal::Stream;

namespace {

// A node with a key of its own in the town of the tests, and a small view.
struct Node {
  journal::TemporaryDirectory directory;
  FakeClock clock;
  SeededRandom random;
  MemoryDisk disk;
  Env env{clock, random, disk};
  journal::NotesView view;
  journal::Options options;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<journal::Journal> journal;

  explicit Node(char letter, std::uint64_t seed = 0, const std::string& vfs = "")
      : random(static_cast<std::uint64_t>(letter) + seed),
        options{*TownId::from_bytes("a town for tests"), Bytes(32, 't'),
                SigningKey::from_seed(Bytes(32, letter))} {
    open(vfs);
  }
  void open(const std::string& vfs) {
    journal.reset();
    database.reset();
    database = *store::open_sqlite(directory.path() + "/town.db", {.vfs = vfs});
    journal = *journal::Journal::open(env, *database, options, {&view});
  }
  std::size_t facts() { return journal::all_facts(*journal->reader()).size(); }
  void write(int facts, Stream stream = Stream::ordinary, std::size_t blob = 0) {
    for (int i = 0; i < facts; ++i) {
      journal::Batch batch;
      journal::Draft draft =
          journal::note("page" + std::to_string(random.bytes(1)[0] & 7), "text " + to_hex(random.bytes(6)));
      draft.stream = stream;
      if (blob > 0) {
        batch.blobs.push_back(random.bytes(blob));
        draft.body =
            to_text(to_json(journal::NoteWritten{"with", journal->address_of(batch.blobs[0]).hex()}));
      }
      batch.drafts.push_back(std::move(draft));
      REQUIRE(journal->append(std::move(batch)));
    }
  }
  std::string dump() {
    std::string text;
    const auto connection = journal->reader();
    journal::dump(*connection, {&view}, [&](std::string_view line) { text.append(line) += '\n'; });
    return text;
  }
  bool sound() {
    const auto report = journal::verify(env, *database, options, {&view}, {}, no_progress());
    REQUIRE(report);
    for (const auto& one : report->findings)
      MESSAGE(one.place << ": " << one.what.english);
    return report->sound();
  }
};

// A line that loses, doubles and reorders frames, as its dice say; in `percent`.
struct Line {
  int lost = 0, doubled = 0, reordered = 0;
  std::int64_t break_after = -1;  // frames
};

struct Outcome {
  bool finished = false;
  sync::ExchangeReport one, other;
};

Outcome exchange(Node& one, Node& other, const Line& line, std::uint64_t seed,
                 sync::ExchangeSettings settings = {}) {
  SeededRandom dice(seed);
  FakeClock& clock = one.clock;
  settings.piece_bytes = 700;
  settings.range_entries = 16;
  sync::Exchange a(one.env, *one.journal, one.options, settings),
      b(other.env, *other.journal, other.options, {.piece_bytes = 700, .range_entries = 16});
  std::deque<Bytes> to_b, to_a;
  std::int64_t frames = 0, now = 1;
  const auto carry = [&](sync::Exchange& from, std::deque<Bytes>& way) {
    if (auto frame = from.next_frame()) {
      ++frames;
      if (static_cast<int>(dice.below(100)) < line.lost) return;
      way.push_back(*frame);
      if (static_cast<int>(dice.below(100)) < line.doubled) way.push_back(*frame);
      if (way.size() > 1 && static_cast<int>(dice.below(100)) < line.reordered)
        std::swap(way[way.size() - 1], way[dice.below(way.size())]);
    }
  };
  for (int quiet = 0; quiet < 400;) {
    carry(a, to_b);
    carry(b, to_a);
    if (line.break_after >= 0 && frames > line.break_after) break;
    if (to_a.empty() && to_b.empty()) {
      if (a.finished() && b.finished()) break;
      ++quiet;
      now += 21'000'000;
      clock.advance_ms(21000);
      if (&other != &one) other.clock.advance_ms(21'000);
      a.tick(clock.monotonic_microseconds());
      b.tick(other.clock.monotonic_microseconds());
      continue;
    }
    if (!to_b.empty()) {
      b.receive(to_b.front());
      to_b.pop_front();
    }
    if (!to_a.empty()) {
      a.receive(to_a.front());
      to_a.pop_front();
    }
  }
  if (a.failure()) MESSAGE(a.failure()->in(Language::english));
  if (b.failure()) MESSAGE(b.failure()->in(Language::english));
  for (const auto& problem : a.report().problems)
    MESSAGE(problem);
  return {a.finished() && b.finished(), a.report(), b.report()};
}

}  // namespace

TEST_CASE("exchange: two nodes come to know the same, blobs included, and countersign each other") {
  Node one('a'), other('b');
  one.write(40);
  one.write(3, Stream::urgent, 100'000);
  other.write(25, Stream::urgent);
  const Outcome outcome = exchange(one, other, {}, 1);
  CHECK(outcome.finished);
  CHECK(outcome.one.facts_taken == 25);
  CHECK(outcome.other.facts_taken == 43);
  CHECK(outcome.other.blobs_taken == 3);
  CHECK(one.dump() == other.dump());
  CHECK(other.sound());
  CHECK(one.sound());
  const auto connection = one.journal->reader();
  const auto row = connection->query("SELECT COUNT(*) FROM journal_cosignature");
  REQUIRE(row->next());
  CHECK(row->integer(0) == 3);
  // Once more: nothing is sent twice.
  const Outcome again = exchange(one, other, {}, 2);
  CHECK(again.finished);
  CHECK(again.one.facts_given + again.other.facts_given == 0);
}

TEST_CASE("exchange: what the disk may still lose is not given away") {
  // A sync fails, so nobody gets a receipt, but the fact stands in the database. Given to another node and
  // then lost with the power, its position in the log would be written a second time: a fork.
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    store::PowerCutDisk disk("exchange-test");
    Node other('b');
    {
      Node one('a', 0, "exchange-test");
      one.write(3);
      // The commit is written, its sync fails: found by letting one operation after another fail.
      const std::size_t before = one.facts();
      for (std::uint64_t at = 0; one.facts() == before; ++at) {
        disk.fail_at(disk.operations() + at, store::PowerCutDisk::Failure::once);
        const auto receipts = one.journal->append({{journal::note("page", "unsure")}, {}, {}});
        REQUIRE_FALSE(receipts);
      }
      exchange(one, other, {}, seed);
      disk.cut_at(disk.operations());
      one.journal.reset();
      one.database.reset();
      disk.restart(seed);
      disk.repair();
      one.open("exchange-test");
      CHECK(one.facts() >= other.facts());
      one.journal.reset();
      one.database.reset();
    }
  }
}

TEST_CASE("exchange: one way only") {
  Node one('a'), other('b');
  one.write(5);
  other.write(5);
  sync::ExchangeSettings settings;
  settings.takes = false;
  CHECK(exchange(one, other, {}, 1, settings).finished);
  CHECK(other.dump() != one.dump());
  CHECK(exchange(other, one, {}, 1, settings).finished);
  CHECK(other.dump() == one.dump());
}

TEST_CASE("exchange: urgent facts go before ordinary ones") {
  Node one('a'), other('b');
  one.write(60);
  one.write(5, Stream::urgent);
  exchange(one, other, {.break_after = 12}, 1);
  const auto connection = other.journal->reader();
  CHECK(journal::newest_facts_of_stream(*connection, Stream::urgent, 10).size() == 5);
  CHECK(journal::newest_facts_of_stream(*connection, Stream::ordinary, 100).size() < 60);
}

TEST_CASE("exchange: whatever the line loses, doubles or reorders, both come to know the same") {
  CHECK(rc::check([](std::uint64_t seed) {
    SeededRandom dice(seed);
    Node one('a'), other('b');
    one.write(static_cast<int>(dice.below(60)), Stream::ordinary);
    one.write(static_cast<int>(dice.below(3)), Stream::urgent, 60'000);
    other.write(static_cast<int>(dice.below(60)), Stream::access);
    const Line line{static_cast<int>(dice.below(30)), static_cast<int>(dice.below(30)),
                    static_cast<int>(dice.below(30))};
    // Some exchanges break off in the middle; the next one goes on.
    for (std::uint64_t i = 0; i < dice.below(3); ++i) {
      Line broken = line;
      broken.break_after = static_cast<std::int64_t>(dice.below(30));
      exchange(one, other, broken, seed + i);
      other.write(1);
    }
    RC_ASSERT(exchange(one, other, line, seed + 7).finished);
    RC_ASSERT(one.dump() == other.dump());
    RC_ASSERT(one.sound());
    RC_ASSERT(other.sound());
  }));
}

TEST_CASE("exchange: what a third node wrote is passed on") {
  Node one('a'), other('b'), third('c');
  third.write(30);
  CHECK(exchange(third, one, {}, 1).finished);
  CHECK(exchange(one, other, {}, 1).finished);
  CHECK(other.dump() == third.dump());
}

TEST_CASE("exchange: two histories of one log are found out, on whichever side they meet") {
  Node hall('a'), laptop('l'), clone('l', 99);
  laptop.write(20);
  clone.write(30);
  exchange(laptop, hall, {}, 1);
  exchange(clone, hall, {}, 2);
  CHECK(journal::forks(*hall.journal->reader()).size() == 1);
  CHECK(journal::forks(*clone.journal->reader()).size() == 1);
  CHECK(hall.sound());
  CHECK(clone.sound());
  // Known by now: not fetched again.
  CHECK(exchange(clone, hall, {}, 3).other.facts_given == 0);
}

TEST_CASE("exchange: another town is refused") {
  Node one('a'), other('b');
  other.options.town = *TownId::from_bytes("another town ...");
  one.write(1);
  sync::Exchange a(one.env, *one.journal, one.options, {}), b(other.env, *other.journal, other.options, {});
  b.receive(*a.next_frame());
  CHECK(b.failure());
  a.receive(*b.next_frame());
  CHECK(a.failure());
}

TEST_CASE("thin entries: every byte comes back, however a header or a body is written") {
  CHECK(rc::check([](std::uint64_t seed) {
    SeededRandom dice(seed);
    std::vector<journal::LogEntry> entries;
    std::vector<FactId> ids;
    for (std::uint64_t i = 0, count = dice.below(30); i < count; ++i) {
      journal::Header header;
      header.id = ids.emplace_back(dice.id<FactId>());
      header.kind = dice.below(2) == 0 ? "reception.entry_written" : "test.kind";
      header.subjects = {{"entry", ids[dice.below(ids.size())].text()},
                         {"resident", std::to_string(dice.below(9))}};
      header.time = {Instant{1'700'000'000'000 + static_cast<std::int64_t>(dice.below(1000))}, 3};
      if (dice.below(3) == 0) header.supersedes = {ids[dice.below(ids.size())], dice.id<FactId>()};
      journal::LogEntry entry{journal::header_text(header), dice.bytes(16), {}, std::nullopt};
      entry.body = R"({"entry":")" + ids[dice.below(ids.size())].text() + R"(","hash":")" +
                   to_hex(dice.bytes(32)) + R"(","name":"潮崎","short":"abc"})";
      if (dice.below(5) == 0) entry.header = dice.bytes(dice.below(40));
      if (dice.below(5) == 0) entry.body = dice.bytes(dice.below(40));
      if (dice.below(5) == 0) entry.salt = dice.bytes(dice.below(20));
      if (dice.below(5) == 0) {
        entry.body_hash = sha256(entry.body);
        entry.body.clear();
        entry.salt.clear();
      }
      entries.push_back(std::move(entry));
    }
    const auto back = sync::thick(sync::thin(entries, 3));
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->size() == entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      RC_ASSERT((*back)[i].header == entries[i].header);
      RC_ASSERT((*back)[i].salt == entries[i].salt);
      RC_ASSERT((*back)[i].body == entries[i].body);
      RC_ASSERT((*back)[i].body_hash == entries[i].body_hash);
    }
  }));
}

TEST_CASE("frames: random bytes are refused or read, never more") {
  CHECK(rc::check([](const std::string& bytes) { static_cast<void>(sync::decode(bytes)); }));
  CHECK(rc::check([](const std::string& bytes) { static_cast<void>(sync::decode("\x03" + bytes)); }));
}

TEST_CASE("cosignature: good for its note, key and town only") {
  SeededRandom random(1);
  const SigningKey key = SigningKey::generate(random), stranger = SigningKey::generate(random);
  const TownId town = random.id<TownId>();
  const Bytes note = "origin\n12\nroot\n\n\u2014 x y\n";
  const std::string line = sync::cosign(town, note, key, Instant{1'700'000'000'000});
  CHECK(sync::is_cosigned_by(town, note, line, key.public_key()));
  CHECK_FALSE(sync::is_cosigned_by(town, "origin\n13\nroot\n\n", line, key.public_key()));
  CHECK_FALSE(sync::is_cosigned_by(town, note, line, stranger.public_key()));
}

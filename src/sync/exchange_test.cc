#include "sync/exchange.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <deque>

#include "journal/entries.h"
#include "journal/erasing.h"
#include "journal/fork.h"
#include "journal/header.h"
#include "journal/reading.h"
#include "store/power_cut_vfs.h"
#include "sync/cosignature.h"
#include "sync/exchange_testing.h"
#include "sync/thin_entries.h"

using namespace sonae;
using journal::Stream;

using sync::Node;

namespace {

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
  settings.unfinished = &one.unfinished;
  sync::Exchange a(one.env, *one.journal, one.options, settings),
      b(other.env, *other.journal, other.options,
        {.piece_bytes = 700, .range_entries = 16, .unfinished = &other.unfinished});
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

TEST_CASE("exchange: who works in an old copy of a node is told to go on as a new one") {
  Node hall('a'), laptop('l'), old('l');
  laptop.write(5);
  old.write(5);  // the same to the byte
  laptop.write(5);
  exchange(laptop, hall, {}, 1);
  const Outcome outcome = exchange(old, hall, {}, 2);
  CHECK(journal::forks(*old.journal->reader()).empty());
  REQUIRE_FALSE(outcome.one.problems.empty());
  CHECK(outcome.one.problems.front().find("sonae node renew") != std::string::npos);
}

TEST_CASE("exchange: every history of a forked log reaches every node, whichever of them it calls the log") {
  Node hall('a'), gym('b'), far('c'), laptop('l'), clone('l', 99), copy('l', 98);
  laptop.write(20);
  clone.write(30);
  copy.write(10);
  exchange(laptop, hall, {}, 1);
  exchange(clone, gym, {}, 2);
  exchange(copy, hall, {}, 3);
  exchange(gym, far, {}, 4);
  exchange(hall, gym, {}, 5);
  CHECK(exchange(far, gym, {}, 6).finished);  // never met whoever wrote the others
  exchange(hall, gym, {}, 7);
  const journal::LogId log{laptop.journal->node(), Stream::ordinary};
  const auto all = [&](Node& node) {
    std::vector<FactId> ids;
    for (const journal::Fact& fact : journal::facts_after_fork(*node.journal->reader(), log, 0))
      ids.push_back(fact.header.id);
    return ids;
  };
  CHECK(all(hall).size() == 60);
  CHECK(all(gym) == all(hall));
  CHECK(all(far) == all(hall));
  for (Node* const node : {&hall, &gym, &far}) {
    CHECK(journal::forks(*node->journal->reader()).size() == 2);
    CHECK(node->sound());
  }
  CHECK(exchange(far, gym, {}, 8).one.facts_taken == 0);
  // A history that goes on takes the place of its beginning.
  clone.write(5);
  exchange(clone, hall, {}, 9);
  CHECK(all(hall).size() == 65);
  CHECK(journal::forks(*hall.journal->reader()).size() == 2);
}

TEST_CASE("exchange: broken off inside a range, the next one goes on where the journal ends") {
  Node one('a'), other('b');
  one.write(150);
  std::size_t before = 0;
  std::uint64_t taken = 0;
  for (int broken = 0; broken < 40 && other.facts() < 150; ++broken) {
    const Outcome outcome = exchange(one, other, {.break_after = 12}, static_cast<std::uint64_t>(broken));
    taken += outcome.other.facts_taken;
    CHECK(other.facts() >= before);
    before = other.facts();
    CHECK(other.sound());
  }
  CHECK(other.facts() == 150);
  CHECK(taken == 150);  // nothing that was stored came again
  CHECK(other.dump() == one.dump());

  // What was left behind is wrong: it is thrown away, and the range comes all the same.
  one.write(40);
  journal::LogEntry forged{"{}", Bytes(16, 's'), "{}", std::nullopt};
  other.unfinished.keep({one.journal->node(), Stream::ordinary},
                        {one.journal->node_public_key(), 150, {forged, forged}, {}});
  CHECK(exchange(one, other, {}, 77).finished);
  CHECK(other.dump() == one.dump());
  CHECK(other.sound());
}

TEST_CASE("exchange: a range whose signed head lies about where it ends is refused") {
  Node one('a'), other('b');
  one.write(3);
  const auto connection = one.journal->reader();
  const journal::LogHere log = journal::logs_here(*connection).front();
  for (const std::uint64_t target : {std::uint64_t{4}, std::uint64_t{5000}, UINT64_MAX}) {
    sync::Exchange taking(other.env, *other.journal, other.options, {});
    sync::Hello hello;
    hello.town = one.options.town;
    hello.node = one.journal->node();
    hello.heads = {{hello.node, Stream::ordinary, 3, "0000000000000000"}};
    taking.receive(sync::encode(hello));
    sync::Piece piece{log.log, log.key, 0, target, log.note, {}, {}};
    piece.entries = journal::read_entries(*connection, log.number, 0, 3, SIZE_MAX);
    taking.receive(sync::encode(piece));
    CHECK(taking.report().problems.size() == 1);
    CHECK(other.facts() == 0);
  }
}

TEST_CASE(
    "exchange: what is erased at one node is erased at all, and comes back only where nothing ordered it") {
  Node one('a'), other('b'), third('c');
  one.write(12, Stream::ordinary, 300);
  exchange(one, other, {}, 1);
  const auto facts = journal::all_facts(*one.journal->reader());
  journal::Draft order;
  order.kind = journal::kErasureOrdered;
  order.subjects = facts[0].header.subjects;
  order.subjects.push_back(journal::kErasureOrders);
  order.supersedes = {facts[0].header.id};
  order.body = "{}";
  REQUIRE(one.journal->append({{order}, {}, {}}));
  exchange(one, other, {}, 2);
  exchange(other, third, {}, 3);
  for (Node* const node : {&one, &other, &third}) {
    CHECK(journal::fact(*node->journal->reader(), facts[0].header.id)->erased);
    CHECK(journal::all_blobs(*node->journal->reader(), node->options.town_key).size() == 11);
    CHECK(node->dump() == one.dump());
    CHECK(node->sound());
  }
  // A body that went without an order is asked for again.
  const std::string before = other.dump();
  {
    const auto connection = third.database->connect();
    const journal::Fact lost = journal::all_facts(*third.journal->reader())[5];
    const auto stands = journal::entries_with_id(*connection, lost.header.id);
    connection->run("UPDATE journal_entry SET salt = NULL, body = NULL, body_hash = $1 WHERE row = $2",
                    store::Blob{journal::body_hash(lost.salt, lost.body).bytes()}, stands[0].row);
    journal::note_lacking(*connection, stands[0].row);
  }
  exchange(third, other, {}, 4);
  CHECK(third.dump() == before);
  CHECK(third.sound());
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

#include "journal/journal.h"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>

#include "journal/testing.h"
#include "journal/testing_view.h"

using namespace sonae;
using namespace sonae::journal;

TEST_CASE("a fact is appended, found again and folded") {
  NotesView view;
  TestTown town({&view});
  const auto receipts = town.journal().append({{note("one", "hello"), note("two", "こんにちは")}, {}, {}});
  REQUIRE(receipts);
  REQUIRE(receipts->size() == 2);
  CHECK((*receipts)[1].position == 1);
  CHECK((*receipts)[1].log.node == town.journal().node());

  const auto reader = town.journal().reader();
  const auto found = fact(*reader, (*receipts)[1].fact);
  REQUIRE(found);
  CHECK(found->as<NoteWritten>()->text == "こんにちは");
  CHECK(found->header.device == town.journal().node());
  CHECK(facts_about(*reader, {"page", "one"}).size() == 1);
  CHECK(facts_about(*reader, {"page", "three"}).empty());
  CHECK(town.dump() ==
        "[\"notes_page\",{\"page\":\"one\",\"facts\":1,\"standing\":\"hello|\"}]\n"
        "[\"notes_page\",{\"page\":\"two\",\"facts\":1,\"standing\":\"こんにちは|\"}]\n");
}

TEST_CASE("what was acknowledged is there after a new start, and appends go on") {
  NotesView view;
  TestTown town({&view});
  REQUIRE(town.journal().append({{note("one", "before")}, {}, {}}));
  const std::string before = town.dump();
  town.reopen();
  CHECK(town.dump() == before);
  const auto next = town.journal().append({{note("one", "after")}, {}, {}});
  REQUIRE(next);
  CHECK((*next)[0].position == 1);
}

TEST_CASE("a correction supersedes, and a decision on what was superseded is refused") {
  NotesView view;
  TestTown town({&view});
  const FactId first = town.journal().append({{note("one", "wrong")}, {}, {}}).value()[0].fact;
  REQUIRE(town.journal().append({{note("one", "right", {first})}, {}, {first}}));
  CHECK(town.dump() == "[\"notes_page\",{\"page\":\"one\",\"facts\":2,\"standing\":\"right|\"}]\n");
  CHECK(fact(*town.journal().reader(), first)->superseded);
  const auto late = town.journal().append({{note("one", "late", {first})}, {}, {first}});
  REQUIRE(!late);
  CHECK(late.error().code == ErrorCode::conflict);

  const auto incomplete = town.journal().append({{note("elsewhere", "x", {first})}, {}, {}});
  REQUIRE(!incomplete);
  CHECK(incomplete.error().code == ErrorCode::invalid_input);
}

TEST_CASE("a fact that a device minted is stored once") {
  NotesView view;
  TestTown town({&view});
  Draft minted = note("one", "from the door");
  minted.id = town.random().id<FactId>();
  const auto first = town.journal().append({{minted}, {}, {}});
  REQUIRE(first);
  REQUIRE(town.journal().append({{note("one", "between")}, {}, {}}));
  const auto again = town.journal().append({{minted}, {}, {}});
  REQUIRE(again);
  CHECK((*again)[0].position == (*first)[0].position);
  minted.body = R"({"text":"something else"})";
  const auto other = town.journal().append({{minted}, {}, {}});
  REQUIRE(!other);
  CHECK(other.error().code == ErrorCode::conflict);
  CHECK(facts_about(*town.journal().reader(), {"page", "one"}).size() == 2);
}

TEST_CASE("a batch that cannot be folded fails alone and leaves nothing behind") {
  NotesView view;
  TestTown town({&view});
  std::atomic<int> good = 0, bad = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        const bool poison = i % 5 == 4;
        const auto done = town.journal().append(
            {{note(std::to_string(t) + "/" + std::to_string(i), poison ? "unfoldable" : "fine")}, {}, {}});
        if (done) ++good;
        if (!done) {
          ++bad;
          CHECK(done.error().where.starts_with("view notes, page:"));
        }
        CHECK(done.has_value() == !poison);
      }
    });
  for (std::thread& thread : threads)
    thread.join();
  CHECK(good == 128);
  CHECK(bad == 32);
  CHECK(all_facts(*town.journal().reader()).size() == 128);
  town.reopen();
  CHECK(check_rebuild(town) == std::nullopt);
}

TEST_CASE("listeners hear what was touched before the caller has its receipt") {
  NotesView view;
  TestTown town({&view});
  std::set<Subject> heard;
  town.journal().listen(
      [&](std::span<const Subject> touched) { heard.insert(touched.begin(), touched.end()); });
  REQUIRE(town.journal().append({{note("one", "a"), note("two", "b")}, {}, {}}));
  CHECK(heard == std::set<Subject>{{"page", "one"}, {"page", "two"}});
}

TEST_CASE("blobs are stored with their facts, once") {
  NotesView view;
  TestTown town({&view});
  const Bytes photograph(100'000, 'p');
  Draft with = note("one", "seen");
  with.body = to_text(to_json(NoteWritten{"seen", town.journal().address_of(photograph).hex()}));
  REQUIRE(town.journal().append({{with}, {photograph, photograph}, {}}));
  const auto reader = town.journal().reader();
  CHECK(all_blobs(*reader, town.options().town_key) == std::vector<Bytes>{photograph});
  CHECK(check_rebuild(town) == std::nullopt);
  CHECK(check_order_does_not_matter(town, 3, 3) == std::nullopt);
}

TEST_CASE("neither order nor division nor a rebuild changes the views") {
  NotesView view;
  TestTown town({&view});
  std::vector<FactId> ids;
  for (int i = 0; i < 60; ++i) {
    const std::string page = std::to_string(i % 7);
    std::vector<FactId> supersedes;
    if (i >= 14 && i % 3 == 0) supersedes.push_back(ids[static_cast<std::size_t>(i) - 14]);
    ids.push_back(town.journal()
                      .append({{note(page, "note " + std::to_string(i), supersedes)}, {}, {}})
                      .value()[0]
                      .fact);
    town.clock().advance_ms(i % 4);
  }
  CHECK(check_rebuild(town) == std::nullopt);
  CHECK(check_order_does_not_matter(town, 7) == std::nullopt);
}

TEST_CASE("a view whose version changed is derived again at the start") {
  NotesView old_view(1), new_view(2);
  TestTown town({&old_view});
  REQUIRE(town.journal().append({{note("one", "a")}, {}, {}}));
  const std::string before = town.dump();
  town.reopen(std::vector<View*>{});
  REQUIRE(town.journal().append({{note("one", "b")}, {}, {}}));
  town.reopen(std::vector<View*>{&new_view});
  CHECK(first_difference(before, town.dump()));
  CHECK(check_rebuild(town) == std::nullopt);
}

TEST_CASE("a view that was absent for a while misses nothing") {
  NotesView view;
  TestTown town({&view});
  REQUIRE(town.journal().append({{note("one", "a")}, {}, {}}));
  town.reopen(std::vector<View*>{});
  REQUIRE(town.journal().append({{note("one", "b")}, {}, {}}));
  town.reopen(std::vector<View*>{&view});
  CHECK(town.dump() == "[\"notes_page\",{\"page\":\"one\",\"facts\":2,\"standing\":\"a|b|\"}]\n");
}

TEST_CASE("a second writer is refused while the first has the town") {
  TestTown town;
  const auto second = Journal::open(town.env(), town.database(), town.options(), {});
  REQUIRE(!second);
  CHECK(second.error().code == ErrorCode::busy);
}

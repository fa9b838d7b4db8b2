#include "journal/erasing.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "journal/fact_proof.h"
#include "journal/fork.h"
#include "journal/reading.h"
#include "journal/testing.h"
#include "journal/testing_view.h"
#include "journal/verify.h"

using namespace sonae;
using namespace sonae::journal;

namespace {

constexpr const char* kSecret = "a secret that is to be forgotten";

Draft order(std::vector<FactId> facts, std::vector<Subject> subjects) {
  Draft made;
  made.stream = Stream::ordinary;
  made.kind = kErasureOrdered;
  made.subjects = std::move(subjects);
  made.subjects.push_back(kErasureOrders);
  made.supersedes = std::move(facts);
  made.body = "{}";
  return made;
}

LogRange all_of(TestTown& town) {
  const auto connection = town.journal().reader();
  return *read_range(*connection, {town.journal().node(), Stream::ordinary}, 0, 1 << 20,
                     town.options().town_key);
}

struct Town {
  NotesView view;
  TestTown town;
  FactId first, second;
  Bytes attachment = "a photograph of " + std::string(kSecret);
  explicit Town(char node = 'n') : town({&view}, static_cast<std::uint64_t>(node), node) {}
  void live() {
    Batch batch{{note("a", kSecret), note("b", "kept")}, {attachment}, {}};
    batch.drafts[0].body =
        to_text(to_json(NoteWritten{kSecret, town.journal().address_of(attachment).hex()}));
    const auto receipts = town.journal().append(std::move(batch)).value();
    first = receipts[0].fact;
    second = receipts[1].fact;
  }
  void erase() { REQUIRE(town.journal().append({{order({first}, {{"page", "a"}})}, {}, {}})); }
  VerifyReport verified() {
    return verify(town.env(), town.database(), town.options(), town.views(), {}, no_progress()).value();
  }
  void is_gone() {
    const auto found = fact(*town.journal().reader(), first);
    REQUIRE(found);
    CHECK(found->erased);
    CHECK(found->body.empty());
    CHECK(found->salt.empty());
    const auto connection = town.journal().reader();
    CHECK_FALSE(connection->query("SELECT 1 FROM journal_blob")->next());
    CHECK(town.dump().find(kSecret) == std::string::npos);
    const VerifyReport report = verified();
    for (const Finding& finding : report.findings)
      MESSAGE(finding.place << ": " << finding.what.english);
    CHECK(report.sound());
    CHECK(report.erased == 1);
    CHECK(!check_rebuild(town));
  }
};

}  // namespace

TEST_CASE("erasing: body, salt and blob go, the proof stays, and nothing of it is left in the file") {
  Town here;
  here.live();
  const Fact before = *fact(*here.town.journal().reader(), here.first);
  here.erase();
  here.is_gone();
  const auto proof = prove(*here.town.journal().reader(), here.first);
  REQUIRE(proof);
  CHECK(to_text(to_json(*proof)).find(kSecret) == std::string::npos);
  CHECK(fact(*here.town.journal().reader(), here.second)->body.find("kept") != std::string::npos);
  here.town.database().connect()->script("PRAGMA wal_checkpoint(TRUNCATE)");
  std::ifstream file(here.town.directory() + "/town.db", std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  CHECK(content.str().find(kSecret) == std::string::npos);
  CHECK(content.str().find(before.salt) == std::string::npos);
}

TEST_CASE("erasing: an order and what it erases meet in any order, and old copies do not bring it back") {
  Town author;
  author.live();
  const LogRange old_copy = all_of(author.town);
  author.erase();
  const LogRange later = all_of(author.town);
  CHECK(later.entries[0].body.empty());
  CHECK(later.entries[0].body_hash);

  Town reader('r');
  reader.first = author.first;
  SUBCASE("the body first") {
    REQUIRE(reader.town.journal().ingest(old_copy));
    CHECK(reader.town.dump().find(kSecret) != std::string::npos);
    REQUIRE(reader.town.journal().ingest(later));
  }
  SUBCASE("erased from the beginning, then the old copy") {
    REQUIRE(reader.town.journal().ingest(later));
    REQUIRE(reader.town.journal().ingest(old_copy));
  }
  SUBCASE("both again and again") {
    for (int i = 0; i < 2; ++i) {
      REQUIRE(reader.town.journal().ingest(old_copy));
      REQUIRE(reader.town.journal().ingest(later));
    }
  }
  reader.is_gone();
  CHECK(reader.town.dump() == author.town.dump());
}

TEST_CASE("erasing: the order first, in another log") {
  Town author, orderer('o');
  author.live();
  REQUIRE(orderer.town.journal().append({{order({author.first}, {{"page", "a"}})}, {}, {}}));
  LogRange order_alone = all_of(orderer.town);
  Town reader('r');
  reader.first = author.first;
  REQUIRE(reader.town.journal().ingest(order_alone));
  REQUIRE(reader.town.journal().ingest(all_of(author.town)));
  reader.is_gone();
}

TEST_CASE(
    "erasing: what comes without its body and without an order is lacking, and is taken when it comes") {
  Town author;
  author.live();
  const LogRange whole = all_of(author.town);
  LogRange bare = whole;
  bare.entries[0].body_hash = body_hash(bare.entries[0].salt, bare.entries[0].body);
  bare.entries[0].body.clear();
  bare.entries[0].salt.clear();
  Town reader('r');
  REQUIRE(reader.town.journal().ingest(bare));
  CHECK(lacking(*reader.town.journal().reader()).size() == 1);
  CHECK(reader.verified().sound());
  REQUIRE(reader.town.journal().ingest(whole));
  CHECK(lacking(*reader.town.journal().reader()).empty());
  CHECK(reader.town.dump() == author.town.dump());
  CHECK(reader.verified().sound());
}

TEST_CASE("erasing: what is lacking below a fork is taken from whichever history brings it") {
  Town author, clone;  // of one key, alike to the byte until the last fact
  author.live();
  clone.live();
  REQUIRE(author.town.journal().append({{note("c", "of the one")}, {}, {}}));
  REQUIRE(clone.town.journal().append({{note("c", "of the other")}, {}, {}}));
  const LogRange whole = all_of(author.town), other_history = all_of(clone.town);
  LogRange bare = whole;
  bare.entries[0].body_hash = body_hash(bare.entries[0].salt, bare.entries[0].body);
  bare.entries[0].body.clear();
  bare.entries[0].salt.clear();
  Town reader('r'), informed('i');
  REQUIRE(reader.town.journal().ingest(bare));
  REQUIRE(lacking(*reader.town.journal().reader()).size() == 1);
  REQUIRE(reader.town.journal().ingest(other_history));
  REQUIRE(forks(*reader.town.journal().reader()).size() == 1);
  CHECK(lacking(*reader.town.journal().reader()).empty());
  REQUIRE(informed.town.journal().ingest(whole));
  REQUIRE(informed.town.journal().ingest(other_history));
  CHECK(reader.town.dump() == informed.town.dump());
  CHECK_FALSE(check_rebuild(reader.town));
}

TEST_CASE("erasing: facts about orders are not erased, and the same fact sent again stays erased") {
  Town here;
  here.live();
  here.erase();
  const auto orders = facts_about(*here.town.journal().reader(), kErasureOrders);
  REQUIRE(orders.size() == 1);
  REQUIRE(here.town.journal().append({{order({orders[0].header.id}, {{"page", "a"}})}, {}, {}}));
  CHECK_FALSE(fact(*here.town.journal().reader(), orders[0].header.id)->erased);
  Draft again = note("a", kSecret);
  again.id = here.first;
  CHECK(here.town.journal().append({{again}, {}, {}}));
  here.is_gone();
}

TEST_CASE("erasing: a body that is still there, or gone without an order, is found by verify") {
  Town here;
  here.live();
  const Bytes salt = fact(*here.town.journal().reader(), here.second)->salt;
  here.erase();
  const auto connection = here.town.database().connect();
  SUBCASE("a salt that was kept") {
    connection->run("UPDATE journal_entry SET salt = $1 WHERE body IS NULL", store::Blob{salt});
  }
  SUBCASE("gone without an order") {
    connection->script(
        "UPDATE journal_entry SET body_hash = zeroblob(32), body = NULL, salt = NULL WHERE body = "
        "CAST('{\"text\":\"kept\"}' AS BLOB)");
  }
  CHECK_FALSE(here.verified().sound());
}

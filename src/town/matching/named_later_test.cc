// What comes from another node late, with an earlier time: an entry says more than it did, and is matched
// again.
#include <doctest/doctest.h>

#include "journal/checkpoint.h"
#include "journal/header.h"
#include "journal/ingest.h"
#include "journal/merkle.h"
#include "town/matching/requests.h"
#include "town/matching/testing.h"

namespace sonae::matching {

namespace {

constexpr const char* kTwoOfOneName =
    "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n"
    "1001,H1,田中 実,タナカ ミノル,男,1960-01-01,649-3503,和歌山県東牟婁郡串本町串本300番地,\n"
    "1002,H2,田中 実,タナカ ミノル,男,1990-05-05,649-3503,和歌山県東牟婁郡串本町潮岬7番地,\n";

struct NamedApart : TestTown {
  Random& random = real_env().random;

  // Two at the door, the second of whom gave no name.
  reception::ArrivedPerson receive_unnamed() {
    reception::ReceiveRequest request;
    request.shelter = "串本小学校";
    request.received.at = real_env().clock.now();
    for (const char* const name : {"浜口 ツル", ""}) {
      reception::Person person;
      person.name = name;
      person.family = "f";
      request.persons.push_back({random.id<EntryId>(), random.id<FactId>(), std::move(person)});
    }
    REQUIRE(run<reception::ReceiveAnswer>("reception.receive", request));
    return request.persons[1];
  }
  Question of(const EntryId& entry) {
    auto question = run<Question>("matching.of_entry", EntryRequest{entry});
    REQUIRE_MESSAGE(question, question.error().in(Language::english));
    return *question;
  }
  // As another node wrote it a minute before everything here.
  void comes_late(const reception::EntryCorrected& body, const FactId& seen) {
    const SigningKey key = SigningKey::generate(random);
    const NodeId node = node_id_of(key.public_key());
    journal::Header header;
    header.id = random.id<FactId>();
    header.kind = "reception.entry_corrected";
    header.subjects = {{"entry", body.entry.text()}};
    header.time.wall.milliseconds = real_env().clock.now().milliseconds - 60'000;
    header.device = node;
    header.supersedes = {seen};
    const journal::LogEntry entry{journal::header_text(header), random.bytes(16), to_text(to_json(body)), {}};
    journal::Frontier frontier;
    frontier.add(journal::leaf_hash(entry.header, journal::body_hash(entry.salt, entry.body)),
                 [](const journal::Subtree&, const Hash&) {});
    const journal::LogId log{node, journal::Stream::urgent};
    const Bytes head = journal::sign_checkpoint(
        {journal::origin_of(town->journal_options().town, log), 1, frontier.root()}, key);
    const Status stored = town->journal().ingest({log, key.public_key(), 0, {entry}, head, {}});
    REQUIRE_MESSAGE(stored, stored.error().in(Language::english));
  }
};

}  // namespace

TEST_CASE("matching: a second naming that agrees is matched again, also where it was the earlier one") {
  NamedApart place;
  place.load_registry(kTwoOfOneName);
  const reception::ArrivedPerson person = place.receive_unnamed();
  reception::CorrectRequest naming{person.entry, {person.fact}, person.person,
                                   "串本小学校", "named",       place.random.id<FactId>()};
  naming.person.name = "田中 実";
  REQUIRE(place.run<reception::Corrected>("reception.correct", naming));
  CHECK(place.of(person.entry).state == State::ask);  // two of this name

  reception::EntryCorrected earlier{person.entry, "串本小学校", naming.person, "named"};
  earlier.person.birth = {1960, 1, 1};
  place.comes_late(earlier, person.fact);
  const Question now = place.of(person.entry);
  CHECK_FALSE(now.entry.contradictory);
  CHECK(now.entry.person.birth == text::PartialDate{1960, 1, 1});
  CHECK(now.state == State::matched);
  CHECK(now.candidates.at(0).resident == ResidentId("1001"));
}

TEST_CASE("matching: who decided before an earlier naming came is told that the entry changed") {
  NamedApart place;
  place.load_registry(kTwoOfOneName);
  const reception::ArrivedPerson person = place.receive_unnamed();
  reception::CorrectRequest naming{person.entry, {person.fact}, person.person,
                                   "串本小学校", "named",       place.random.id<FactId>()};
  naming.person.name = "田中 実";
  REQUIRE(place.run<reception::Corrected>("reception.correct", naming));
  REQUIRE(place.run<Recorded>("matching.decide", DecideRequest{person.entry, ResidentId("1002"),
                                                               "本人に聞いた", place.of(person.entry).seen}));
  CHECK_FALSE(place.of(person.entry).decisions.at(0).entry_changed);

  reception::EntryCorrected earlier{person.entry, "串本小学校", naming.person, "named"};
  earlier.person.birth = {1960, 1, 1};
  place.comes_late(earlier, person.fact);
  const Question now = place.of(person.entry);
  CHECK(now.state == State::decided);  // nobody but a person overturns it
  CHECK(now.decisions.at(0).entry_changed);
}

}  // namespace sonae::matching

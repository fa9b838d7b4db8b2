// Receiving families at the door, and what is learnt of them afterwards.
#include "town/reception/ids.h"
#include "town/reception/testing.h"

namespace sonae::reception {

namespace {

// A device that mints ids, and its town.
struct Door : TestReception {
  ReceiveRequest family(std::vector<std::string> names) {
    ReceiveRequest request;
    request.shelter = "串本小学校";
    request.received = {Way::typed, real_env().clock.now(), {}, {}, {}, {}};
    for (std::string& name : names) {
      Person person;
      person.name = std::move(name);
      person.family = "1";
      request.persons.push_back({random.id<EntryId>(), random.id<FactId>(), std::move(person)});
    }
    return request;
  }
  ReceiveAnswer receive(const ReceiveRequest& request) {
    auto answer = run<ReceiveAnswer>("reception.receive", request);
    REQUIRE_MESSAGE(answer, answer.error().in(Language::english));
    return *answer;
  }
  ChangeRequest change_of(const EntryId& entry) {
    ChangeRequest request;
    request.entry = entry;
    request.change = random.id<FactId>();
    for (const AspectFacts& one : now(entry).since.standing)
      request.seen.insert(request.seen.end(), one.facts.begin(), one.facts.end());
    return request;
  }
  void change(const ChangeRequest& request) {
    const auto answer = run<ChangeAnswer>("reception.change", request);
    REQUIRE_MESSAGE(answer, answer.error().in(Language::english));
  }
  Entry now(const EntryId& entry) { return find_entry(*town->journal().reader(), entry).value(); }
  Random& random = real_env().random;
};

}  // namespace

TEST_CASE("reception: a family at the door is there at once, with its room and its consent") {
  Door door;
  ReceiveRequest request = door.family({"浜口 一", "浜口 ツル"});
  request.received.room = "2年1組";
  request.received.consent = {{Audience::family, true}, {Audience::wall, false}};
  request.received.said_by = "本人";
  CHECK(door.receive(request).persons.size() == 2);
  CHECK(door.names() == std::vector<std::string>{"浜口 一", "浜口 ツル"});
  const Entry entry = door.now(request.persons[1].entry);
  CHECK(entry.room == "2年1組");
  CHECK(allows(entry, Audience::family));
  CHECK_FALSE(allows(entry, Audience::wall));
  CHECK_FALSE(allows(entry, Audience::anyone));
  CHECK(entry.received->way == Way::typed);
  CHECK_FALSE(entry.contradictory);
}

TEST_CASE("reception: what a device sends twice is received once; half of it sent before is completed") {
  Door door;
  const ReceiveRequest both = door.family({"浜口 一", "浜口 ツル"});
  ReceiveRequest half = both;
  half.persons.pop_back();
  door.receive(half);
  const ReceiveAnswer answer = door.receive(both);
  CHECK(answer.persons[0].already);
  CHECK_FALSE(answer.persons[1].already);
  CHECK(door.receive(both).persons[1].already);
  CHECK(door.names().size() == 2);
}

TEST_CASE("reception: an id with other content behind it is refused, and nothing of the call is written") {
  Door door;
  const ReceiveRequest first = door.family({"浜口 一"});
  door.receive(first);
  ReceiveRequest other = door.family({"谷 清", "谷 忍"});
  other.persons[1].fact = first.persons[0].fact;
  const auto refused = door.run<ReceiveAnswer>("reception.receive", other);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::conflict);
  CHECK(door.names().size() == 1);
}

TEST_CASE("reception: bad items of a family are named") {
  Door door;
  const auto where = [&](const ReceiveRequest& request) {
    const auto refused = door.run<ReceiveAnswer>("reception.receive", request);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::invalid_input);
    return refused.error().where;
  };
  ReceiveRequest request = door.family({"甲", "乙"});
  request.persons[1].person.age = 200;
  CHECK(where(request) == "persons[1].age");
  request = door.family({"甲", "乙"});
  request.persons[1].entry = request.persons[0].entry;
  CHECK(where(request) == "persons[1]");
  CHECK(where(door.family({})) == "persons");
  request = door.family({"甲"});
  request.shelter.clear();
  CHECK(where(request) == "shelter");
}

TEST_CASE("reception: somebody moves on, is taken ill, and comes back; each can be taken back") {
  Door door;
  const ReceiveRequest request = door.family({"浜口 ツル"});
  door.receive(request);
  const EntryId id = request.persons[0].entry;

  ChangeRequest moved = door.change_of(id);
  moved.stay = StayChanged{StayKind::hospital, {}, {}, "くしもと町立病院", {}, {}};
  moved.condition = ConditionChanged{Condition::ill, {}, "発熱"};
  door.change(moved);
  door.change(moved);  // sent twice
  CHECK(door.now(id).person.stay == StayKind::hospital);
  CHECK(door.now(id).person.condition == Condition::ill);
  CHECK(door.now(id).since.standing.size() == 2);

  ChangeRequest back = door.change_of(id);
  back.stay = StayChanged{StayKind::shelter, "大島小学校", "体育館", {}, {}, {}};
  door.change(back);
  Entry entry = door.now(id);
  CHECK(entry.shelter == "大島小学校");
  CHECK_FALSE(entry.contradictory);

  // A slip: she is in hospital still.
  const FactId slip = entry.since.standing[0].facts[0];
  REQUIRE(door.run<Recorded>("reception.undo_change", UndoChangeRequest{id, slip, {}}));
  entry = door.now(id);
  CHECK(entry.person.stay == StayKind::hospital);
  CHECK(entry.shelter == "串本小学校");
  CHECK_FALSE(door.run<Recorded>("reception.undo_change", UndoChangeRequest{id, slip, {}}));
  // And she had never been ill: what was written at first holds.
  const FactId ill = entry.since.standing[1].facts[0];
  REQUIRE(door.run<Recorded>("reception.undo_change", UndoChangeRequest{id, ill, "取り違え"}));
  CHECK(door.now(id).person.condition == Condition::not_stated);
}

TEST_CASE("reception: two changes of one kind that do not know of each other are a question") {
  Door door;
  const ReceiveRequest request = door.family({"浜口 ツル"});
  door.receive(request);
  const EntryId id = request.persons[0].entry;
  ChangeRequest here = door.change_of(id), there = door.change_of(id), elsewhere = door.change_of(id);
  here.consent = ConsentGiven{{{Audience::family, true}}, "本人"};
  there.consent = ConsentGiven{{{Audience::family, false}}, "本人"};
  elsewhere.condition = ConditionChanged{Condition::well, {}, {}};
  door.change(here);
  door.change(elsewhere);  // of another kind: no question
  CHECK_FALSE(door.now(id).contradictory);
  door.change(there);
  CHECK(door.now(id).contradictory);
  CHECK_FALSE(allows(door.now(id), Audience::family));  // nobody is told until it is settled

  ChangeRequest settled = door.change_of(id);
  settled.consent = ConsentGiven{{{Audience::family, true}}, "本人"};
  door.change(settled);
  CHECK_FALSE(door.now(id).contradictory);
  CHECK(allows(door.now(id), Audience::family));

  const auto connection = door.town->journal().reader();
  const auto differs =
      journal::check_order_does_not_matter({door.view.get()}, journal::all_facts(*connection), 11);
  CHECK_MESSAGE(!differs, differs.value_or(""));
}

TEST_CASE("reception: a correction overrules an older change of what it corrects, and nothing else") {
  Door door;
  const ReceiveRequest request = door.family({"浜口 ツル"});
  door.receive(request);
  const EntryId id = request.persons[0].entry;
  ChangeRequest change = door.change_of(id);
  change.condition = ConditionChanged{Condition::injured, {}, {}};
  change.stay = StayChanged{StayKind::shelter, {}, "体育館", {}, {}, {}};
  door.change(change);
  CorrectRequest correction;
  correction.entry = id;
  correction.seen = door.now(id).standing;
  correction.person = door.now(id).person;
  correction.person.name = "濱口 ツル";
  correction.person.condition = Condition::well;
  correction.because = "聞き直した";
  REQUIRE(door.run<Corrected>("reception.correct", correction));
  const Entry entry = door.now(id);
  CHECK(entry.person.name == "濱口 ツル");
  CHECK(entry.person.condition == Condition::well);
  CHECK(entry.room == "体育館");
}

TEST_CASE("reception: somebody who was only counted is named once, however often the device sends it") {
  Door door;
  const ReceiveRequest counted = door.family({"", ""});
  door.receive(counted);
  CorrectRequest named{counted.persons[0].entry,
                       {counted.persons[0].fact},
                       counted.persons[0].person,
                       counted.shelter,
                       "name learnt",
                       door.random.id<FactId>()};
  named.person.name = "浜口 一";
  REQUIRE(door.run<Corrected>("reception.correct", named));
  CHECK(door.run<Corrected>("reception.correct", named)->receipt == *named.fact);
  CHECK(door.now(counted.persons[0].entry).person.name == "浜口 一");
  CHECK(door.now(counted.persons[1].entry).person.name.empty());
  named.person.name = "浜口 二";
  CHECK(door.run<Corrected>("reception.correct", named).error().code == ErrorCode::conflict);
}

}  // namespace sonae::reception

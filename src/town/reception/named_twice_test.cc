// Two who name the same person apart: the device that had only counted them, and the desk.
#include "town/reception/named_twice.h"

#include "town/reception/testing.h"

namespace sonae::reception {

namespace {

struct NamingTown : TestReception {
  // A family of one with a name and so many without.
  ReceiveRequest family(int unnamed) {
    ReceiveRequest request;
    request.shelter = "串本小学校";
    request.received.at = real_env().clock.now();
    for (int i = 0; i <= unnamed; ++i) {
      Person person;
      person.name = i == 0 ? "たびの いちろう" : "";
      person.note = i == 0 ? "" : "子ども";
      person.family = "f";
      request.persons.push_back({random.id<EntryId>(), random.id<FactId>(), std::move(person)});
    }
    REQUIRE(run<ReceiveAnswer>("reception.receive", request));
    return request;
  }
  // What somebody says who saw them without a name.
  CorrectRequest naming(const ArrivedPerson& one, const std::string& name, const std::string& kana = {}) {
    CorrectRequest request{one.entry, {one.fact}, one.person, "串本小学校", "named", random.id<FactId>()};
    request.person.name = name;
    request.person.kana = kana;
    return request;
  }
  bool asks(const CorrectRequest& request) {
    const auto answer = run<Corrected>("reception.correct", request);
    REQUIRE_MESSAGE(answer, answer.error().in(Language::english));
    CHECK(answer->receipt == *request.fact);
    const auto again = run<Corrected>("reception.correct", request);  // the answer was lost on its way
    CHECK(again->receipt == *request.fact);
    CHECK(again->question == answer->question);
    CHECK(now(request.entry).contradictory == answer->question);
    return answer->question;
  }
  Entry now(const EntryId& entry) { return find_entry(*town->journal().reader(), entry).value(); }
  void check_order() {
    const auto differs =
        journal::check_order_does_not_matter({view.get()}, journal::all_facts(*town->journal().reader()), 13);
    CHECK_MESSAGE(!differs, differs.value_or(""));
  }
  Random& random = real_env().random;
};

}  // namespace

TEST_CASE("reception: one name said twice is one, and each adds what the other did not know") {
  NamingTown door;
  const ReceiveRequest family = door.family(1);
  const ArrivedPerson& child = family.persons[1];
  CorrectRequest desk = door.naming(child, "旅野 よし", "たびの よし");
  desk.person.age = 8;
  CHECK_FALSE(door.asks(desk));
  CorrectRequest device = door.naming(child, "タビノヨシ");
  device.person.phone = "0735-62-0001";
  device.person.needs = {"allergy"};
  device.person.condition = Condition::well;
  CHECK_FALSE(door.asks(device));
  const Entry entry = door.now(child.entry);
  CHECK(entry.person.name == "旅野 よし");
  CHECK(entry.person.age == 8);
  CHECK(entry.person.phone == "0735-62-0001");
  CHECK(entry.person.needs == std::vector<std::string>{"allergy"});
  CHECK(entry.person.note == "子ども");
  CHECK(entry.standing.size() == 2);
  door.check_order();
  // Whoever corrects it later has seen both.
  CorrectRequest later{child.entry, entry.standing, entry.person, entry.shelter, "age", {}};
  later.person.age = 9;
  REQUIRE(door.run<Corrected>("reception.correct", later));
  CHECK(door.now(child.entry).standing.size() == 1);
  CHECK_FALSE(door.asks(device));
}

TEST_CASE("reception: another name is one question, and nothing of either is lost") {
  NamingTown door;
  const ReceiveRequest family = door.family(2);
  const ArrivedPerson& child = family.persons[1];
  CHECK_FALSE(door.asks(door.naming(child, "たびの よし")));
  CHECK(door.asks(door.naming(child, "たびの たろう")));
  const auto opened = door.run<EntryAnswer>("reception.entry", EntryRequest{child.entry}).value();
  REQUIRE(opened.versions.size() == 2);
  CHECK(opened.versions[0].name == "たびの よし");
  CHECK(opened.versions[1].name == "たびの たろう");
  CHECK_FALSE(door.now(family.persons[2].entry).contradictory);
  door.check_order();
  CorrectRequest settled{child.entry, opened.entry.standing, opened.versions[1], {}, "asked them", {}};
  REQUIRE(door.run<Corrected>("reception.correct", settled));
  CHECK_FALSE(door.now(child.entry).contradictory);
  CHECK(door.now(child.entry).person.name == "たびの たろう");
}

TEST_CASE("reception: variants of kanji are one name; another reading, sex or state is a question") {
  const auto asks = [](auto&& change_desk, auto&& change_device) {
    NamingTown door;
    const ReceiveRequest family = door.family(1);
    CorrectRequest desk = door.naming(family.persons[1], "高橋 裕子"),
                   device = door.naming(family.persons[1], "高橋 裕子");
    change_desk(desk.person);
    change_device(device.person);
    CHECK_FALSE(door.asks(desk));
    const bool asked = door.asks(device);
    door.check_order();
    return asked;
  };
  const auto nothing = [](Person&) {};
  CHECK_FALSE(asks(nothing, nothing));
  CHECK_FALSE(asks(nothing, [](Person& person) { person.name = "髙橋裕子"; }));
  CHECK_FALSE(asks([](Person& person) { person.age = 30; }, [](Person& person) { person.age = 31; }));
  CHECK_FALSE(asks([](Person& person) { person.condition = Condition::injured; },
                   [](Person& person) { person.condition = Condition::well; }));
  CHECK_FALSE(asks([](Person& person) { person.address = "大島12"; },
                   [](Person& person) { person.address = "大島12番地"; }));
  CHECK(asks([](Person& person) { person.kana = "タカハシ ユウコ"; },
             [](Person& person) { person.kana = "タカハシ ヒロコ"; }));
  CHECK(asks([](Person& person) { person.age = 30; }, [](Person& person) { person.age = 60; }));
  CHECK(
      asks([](Person& person) { person.sex = Sex::female; }, [](Person& person) { person.sex = Sex::male; }));
  CHECK(asks([](Person& person) { person.condition = Condition::missing; },
             [](Person& person) { person.condition = Condition::injured; }));
}

TEST_CASE("reception: a name that comes late takes back neither what was learnt nor what was changed") {
  NamingTown door;
  const ReceiveRequest family = door.family(1);
  const ArrivedPerson& child = family.persons[1];
  ChangeRequest change;
  change.entry = child.entry;
  change.change = door.random.id<FactId>();
  change.stay = StayChanged{StayKind::hospital, {}, {}, "くしもと町立病院", {}, {}};
  change.condition = ConditionChanged{Condition::injured, {}, {}};
  REQUIRE(door.run<ChangeAnswer>("reception.change", change));
  CorrectRequest device = door.naming(child, "たびの よし");
  device.person.condition = Condition::well;  // as typing begins
  CHECK_FALSE(door.asks(device));
  CHECK(door.now(child.entry).person.name == "たびの よし");
  CHECK(door.now(child.entry).person.stay == StayKind::hospital);
  CHECK(door.now(child.entry).person.condition == Condition::injured);
}

TEST_CASE("reception: who was withdrawn without a name and turns out to have one is on the roster again") {
  NamingTown door;
  const ReceiveRequest family = door.family(2);
  for (const std::size_t i : {1U, 2U})
    REQUIRE(door.run<Recorded>("reception.withdraw", WithdrawRequest{family.persons[i].entry, "too many"}));
  CHECK_FALSE(door.asks(door.naming(family.persons[1], "たびの よし")));
  CHECK_FALSE(door.now(family.persons[1].entry).withdrawn);
  CHECK(door.now(family.persons[2].entry).withdrawn);
  // Withdrawn under the name that the device says: whoever did it knew.
  REQUIRE(door.run<Recorded>("reception.withdraw", WithdrawRequest{family.persons[1].entry, "twice"}));
  CHECK_FALSE(door.asks(door.naming(family.persons[1], "たびの よし")));
  CHECK(door.now(family.persons[1].entry).withdrawn);
}

TEST_CASE(
    "reception: a device learns who was named meanwhile, and nothing of entries that it did not write") {
  NamingTown door;
  const ReceiveRequest family = door.family(3);
  REQUIRE_FALSE(door.asks(door.naming(family.persons[1], "たびの よし")));
  REQUIRE(door.run<Recorded>("reception.withdraw", WithdrawRequest{family.persons[2].entry, "too many"}));
  NamedRequest ask;
  for (const ArrivedPerson& one : family.persons)
    if (one.person.name.empty()) ask.entries.push_back({one.entry, one.fact});
  const auto named = door.run<NamedAnswer>("reception.named", ask).value().named;
  REQUIRE(named.size() == 2);
  CHECK(named[0].entry == family.persons[1].entry);
  CHECK(named[0].name == "たびの よし");
  CHECK_FALSE(named[0].withdrawn);
  CHECK(named[1].withdrawn);
  for (Unnamed& one : ask.entries)
    one.fact = door.random.id<FactId>();
  CHECK(door.run<NamedAnswer>("reception.named", ask)->named.empty());
  ask.entries.resize(501);
  CHECK(door.run<NamedAnswer>("reception.named", ask).error().code == ErrorCode::invalid_input);
}

TEST_CASE("reception: a device whose person is hidden meanwhile is answered as always") {
  NamingTown door;
  const ReceiveRequest family = door.family(1);
  const ArrivedPerson& child = family.persons[1];
  REQUIRE_FALSE(door.asks(door.naming(child, "たびの よし")));
  door.reception->withhold(
      [&](const api::Call&, store::Connection&) { return std::set<EntryId>{child.entry}; });
  api::Call call;
  call.actor = door.access->actor("root").value();
  call.actor.permissions = {api::Permission::receive_people};
  call.actor.grant = door.random.id<GrantId>();  // another than received them
  call.purpose = "test";
  call.output = &door.output;
  const CorrectRequest device = door.naming(child, "たびの よし");
  const auto answer = door.operations.invoke("reception.correct", call, to_json(device));
  REQUIRE_MESSAGE(answer, answer.error().in(Language::english));
  CHECK(from_json<Corrected>(*answer)->receipt == *device.fact);
  const auto named =
      door.operations.invoke("reception.named", call, to_json(NamedRequest{{{child.entry, child.fact}}}));
  CHECK(from_json<NamedAnswer>(*named)->named.empty());
  // Who never saw how it was written is told what is told of an entry that is not there.
  CorrectRequest guess = device;
  guess.fact = door.random.id<FactId>();
  guess.seen = {door.random.id<FactId>()};
  const auto hidden = door.operations.invoke("reception.correct", call, to_json(guess));
  guess.entry = door.random.id<EntryId>();
  const auto unknown = door.operations.invoke("reception.correct", call, to_json(guess));
  CHECK(hidden.error().in(Language::japanese) == unknown.error().in(Language::japanese));
}

}  // namespace sonae::reception

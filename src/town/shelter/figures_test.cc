// Counting who is at a shelter. All people are fictional.
#include "town/shelter/figures.h"

#include <doctest/doctest.h>

#include "town/shelter/to_name.h"

using namespace sonae;
using namespace sonae::shelter;
using reception::Entry;
using reception::StayKind;

namespace {

const Date kToday{2026, 11, 21};
const Instant kNoon{1'795'230'000'000};  // 2026-11-21 12:00 in Japan

Entry somebody(std::optional<int> age, const std::string& family = "") {
  Entry entry;
  entry.person.name = "架空 太郎";
  entry.person.age = age;
  entry.person.family = family;
  entry.written.wall = kNoon;
  return entry;
}

std::int64_t persons(const std::vector<Count>& counts, std::string_view code) {
  for (const Count& one : counts)
    if (one.code == code) return one.persons;
  return -1;
}

}  // namespace

TEST_CASE("shelter: age groups begin and end where the forms say") {
  REQUIRE(japan_date(kNoon) == kToday);
  const std::pair<int, std::string_view> cases[] = {
      {0, "0"},      {1, "1-5"},    {5, "1-5"},    {6, "6-14"}, {14, "6-14"}, {15, "15-64"},
      {64, "15-64"}, {65, "65-74"}, {74, "65-74"}, {75, "75-"}, {104, "75-"}};
  for (const auto& [age, group] : cases) {
    CAPTURE(age);
    CHECK(age_group(somebody(age).person, kToday) == group);
  }
  CHECK(age_group(somebody({}).person, kToday) == "unknown");
  Entry born = somebody({});
  born.person.birth = {2025, 11, 22};
  CHECK(age_group(born.person, kToday) == "0");
  born.person.birth = {2025, 11, 21};
  CHECK(age_group(born.person, kToday) == "1-5");
}

TEST_CASE("shelter: who stays, who comes for meals, who is neither") {
  Counting counting(kToday);
  counting.add(somebody(40, "1"));
  counting.add(somebody(12, "1"));
  counting.add(somebody(80));
  Entry in_car = somebody(30);
  in_car.person.stay = StayKind::car;
  counting.add(in_car);
  Entry missing = somebody(33);
  missing.person.condition = reception::Condition::missing;
  counting.add(missing);
  Entry gone = somebody(25);
  gone.person.stay = StayKind::left;
  gone.since.stay.emplace();
  gone.since.stay->stay = StayKind::left;
  gone.since.stay->at = kNoon;
  counting.add(gone);
  const Figures f = counting.figures();
  CHECK(f.staying == 3);
  CHECK(f.outside == 1);
  CHECK(f.families == 2);
  CHECK(f.left == 1);
  CHECK(f.arrived == 6);
  CHECK(persons(f.by_age, "75-") == 1);
  CHECK(persons(f.by_age, "0") == 0);
}

TEST_CASE("shelter: families of two lists are not one, though both lists call them the first") {
  Counting counting(kToday);
  Entry one = somebody(40, "1"), other = somebody(41, "1");
  one.sheet = *reception::SheetId::parse("aaaaaaaaaaaaaaaaaaaaaaaaaa");
  other.sheet = *reception::SheetId::parse("eaaaaaaaaaaaaaaaaaaaaaaaaa");
  counting.add(one);
  counting.add(other);
  CHECK(counting.figures().families == 2);
}

TEST_CASE("shelter: needs are counted by person, the most frequent first") {
  Counting counting(kToday);
  Entry one = somebody(70), other = somebody(71);
  one.person.needs = {"dialysis", "medicine"};
  other.person.needs = {"medicine"};
  counting.add(one);
  counting.add(other);
  const Figures f = counting.figures();
  REQUIRE(f.by_need.size() == 2);
  CHECK(f.by_need[0] == Count{"medicine", 2});
  CHECK(f.by_need[1] == Count{"dialysis", 1});
}

TEST_CASE("shelter: families whose names are still to be asked, the first to come first") {
  const auto one_of = [](const std::string& name, const std::string& note, const std::string& family,
                         std::int64_t minutes) {
    Entry entry = somebody({}, family);
    entry.person.name = name;
    entry.person.note = note;
    entry.person.address = "大島";
    entry.room = "2年1組";
    entry.written.wall.milliseconds += minutes * 60'000;
    return entry;
  };
  Entry left = one_of("", "子ども", "4", 0);
  left.person.stay = StayKind::left;
  const std::vector<Entry> entries{
      one_of("", "約1人、大水崎から", "", 9), one_of("となの はな", "", "2", 3),
      one_of("", "高齢者", "2", 3),           one_of("たびの いちろう", "", "1", 1),
      one_of("", "子ども", "1", 1),           one_of("", "大人", "1", 1),
      one_of("みなの", "", "3", 0),           left};
  const auto families = families_to_name(entries);
  REQUIRE(families.size() == 3);
  REQUIRE(families[0].members.size() == 3);
  CHECK(families[0].members[0].name == "たびの いちろう");
  CHECK(families[0].members[1].note == "大人");
  CHECK(families[0].members[2].note == "子ども");
  CHECK(families[0].room == "2年1組");
  CHECK(families[0].address == "大島");
  CHECK(families[1].members.front().name == "となの はな");
  CHECK(families[2].members.size() == 1);
  CHECK(families[2].members.front().name.empty());
}

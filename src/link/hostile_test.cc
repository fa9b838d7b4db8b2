// Hostile and odd input: what comes in must cost bounded time and memory, and give an answer.
#include <doctest/doctest.h>

#include <algorithm>

#include "link/candidates.h"
#include "link/index.h"
#include "link/matcher.h"
#include "link/name_reader.h"
#include "link/reader.h"
#include "link/search.h"
#include "link/test_town.h"

using namespace sonae;
using namespace sonae::link;

TEST_CASE("a hundred thousand residents of one name") {
  RegistryBuilder builder(test_context());
  std::vector<std::string> ids;
  for (int i = 0; i < 100000; ++i)
    ids.push_back(std::to_string(i));
  Record r;
  r.name = "佐藤　清";
  r.kana = "サトウ　キヨシ";
  for (int i = 0; i < 100000; ++i) {
    r.id = ids[static_cast<std::size_t>(i)];
    r.birth = {static_cast<std::int16_t>(1930 + i % 90), static_cast<std::uint8_t>(1 + i % 12),
               static_cast<std::uint8_t>(1 + i / 90 % 28)};
    r.phone = i == 77'777 ? "0735-62-1234" : "";
    builder.add(r);
  }
  const Registry registry = builder.finish();
  const Matcher matcher(registry);
  Record row;
  row.name = "佐藤 清";
  const Answer nothing_else = matcher.match(row);
  CHECK(nothing_else.decision == Decision::none);
  CHECK(nothing_else.probability < .01);
  // However many are alike, no more than some are compared, and who is told apart by anything is among them.
  Candidates candidates;
  WordCache cache;
  const auto asked = [&] {
    const Date today = registry.context().today;
    const auto read =
        read_row(registry.context(), row, cache, registry.index().frequencies(), registry.index().places());
    candidates.begin(registry.index(), read, today);
    std::size_t all = 0;
    for (int step = 0; step < Candidates::kSteps; ++step)
      all += candidates.next(registry.index()).size();
    return all;
  };
  CHECK(asked() <= 3000);
  row.kana = "サトウ キヨシ";
  CHECK(asked() <= 3000);
  row.phone = "0735-62-1234";
  CHECK(matcher.match(row).resident == "77777");
  const Search search(registry);
  CHECK(search.find("さとう").size() == 20);
  CHECK(search.find("佐藤 1950").size() == 20);
}

TEST_CASE("a hundred thousand residents alike in everything, and a list of them") {
  RegistryBuilder builder(test_context());
  const Stranger one = stranger(1);
  std::vector<std::string> ids;
  for (int i = 0; i < 100000; ++i)
    ids.push_back(std::to_string(i));
  Record r = one.record();
  for (const std::string& id : ids) {
    r.id = id;
    builder.add(r);
  }
  const Registry registry = builder.finish();
  // No row is compared with more than some thousands of them, whatever it says.
  WordCache cache;
  Candidates candidates;
  const Index& index = registry.index();
  for (const bool only_name : {false, true}) {
    Record row = one.record();
    if (only_name) row.birth = {}, row.address = {}, row.phone = {}, row.household = {};
    const auto queries = read_row(registry.context(), row, cache, index.frequencies(), index.places());
    candidates.begin(index, queries, Date{2026, 11, 20});
    std::size_t compared = 0;
    for (int step = 0; step < Candidates::kSteps; ++step)
      compared += candidates.next(index).size();
    CHECK(compared > 0);
    CHECK(compared <= 3000);
  }
  Matcher matcher(registry);
  const std::vector<Record> rows(40, one.record());
  for (const Answer& answer : matcher.match_all(rows)) {
    CHECK(answer.decision == Decision::none);  // nobody can tell which
    CHECK(answer.alternatives.size() <= MatchOptions{}.alternatives + 1);
  }
}

TEST_CASE("one person who is no resident, hundreds of times on a list") {
  RegistryBuilder builder(test_context());
  builder.add(stranger(1).record());
  const Registry registry = builder.finish();
  Matcher matcher(registry);
  const Stranger guest = stranger(77);
  Record row = guest.record();
  row.household = {};
  const std::vector<Record> rows(400, row);
  const auto answers = matcher.match_all(rows);
  CHECK(answers.size() == 400);
  CHECK(!answers.front().same_as_row);
  CHECK(std::ranges::all_of(answers, [](const Answer& a) { return a.decision != Decision::match; }));
  // Where all are of one name, the name proves nothing: nobody is named as the same by it.
  CHECK(std::ranges::all_of(answers, [](const Answer& a) { return a.probability <= 1; }));
}

TEST_CASE("records with nothing in them, on either side") {
  RegistryBuilder builder(test_context());
  Record empty;
  for (const char* id : {"1", "2", "3"}) {
    empty.id = id;
    builder.add(empty);
  }
  const Registry registry = builder.finish();
  CHECK(registry.size() == 3);
  Matcher matcher(registry);
  std::vector<Record> rows(50);
  for (const Answer& answer : matcher.match_all(rows))
    CHECK(answer.decision == Decision::none);
  RegistryBuilder nobody(test_context());
  const Registry empty_registry = nobody.finish();
  Matcher of_nobody(empty_registry);
  rows[0].name = "佐藤 清";
  for (const Answer& answer : of_nobody.match_all(rows))
    CHECK(answer.decision == Decision::none);
  CHECK(of_nobody.match_all({}).empty());
  CHECK(Search(empty_registry).find("佐藤").empty());
}

TEST_CASE("a single resident, and a list longer than the registry") {
  RegistryBuilder builder(test_context());
  const Stranger only = stranger(1);
  builder.add(only.record());
  const Registry registry = builder.finish();
  Matcher matcher(registry);
  std::vector<Stranger> people;
  for (int i = 0; i < 500; ++i)
    people.push_back(stranger(i));
  std::vector<Record> rows;
  for (const Stranger& person : people)
    rows.push_back(person.record());
  const auto answers = matcher.match_all(rows);
  CHECK(answers[1].resident == only.id);
  for (std::size_t i = 2; i < 500; ++i)
    CHECK(answers[i].decision != Decision::match);
}

TEST_CASE("names of ten thousand characters, bytes that are not UTF-8, numbers without end") {
  std::string long_name;
  for (int i = 0; i < 10000; ++i)
    long_name += "寿限無";
  RegistryBuilder builder(test_context());
  Record r;
  r.id = "1";
  r.name = long_name;
  r.kana = long_name;
  r.address = long_name;
  r.note = long_name;
  builder.add(r);
  const Registry registry = builder.finish();
  Matcher matcher(registry);
  std::vector<Record> rows(8, r);
  rows[1].name = "\xff\xfe\xe3\x81";
  rows[1].address = "\xe3\x81\xff 1\xef\xbc";
  rows[2].address = "9999999999999999999999999999999999999999-9999999999999";
  rows[2].phone = "99999999999999999999999999999999";
  rows[3].name = "（";
  rows[4].name = "　　様";
  rows[5].age = 100000;
  rows[6].birth = {-1, 13, 77};
  rows[7].note = "旧姓";
  CHECK(matcher.match_all(rows).size() == 8);
  const Search search(registry);
  for (const Record& row : rows)
    search.find(row.name);
}

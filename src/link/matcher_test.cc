#include "link/matcher.h"

#include <doctest/doctest.h>

#include "link/test_town.h"

using namespace sonae;
using namespace sonae::link;

namespace {

Record resident(std::string_view id, std::string_view household, std::string_view name, std::string_view kana,
                Sex sex, text::PartialDate birth, std::string_view address) {
  Record r;
  r.id = id;
  r.household = household;
  r.name = name;
  r.kana = kana;
  r.sex = sex;
  r.birth = birth;
  r.address = address;
  return r;
}

Registry small_town() {
  RegistryBuilder builder(test_context());
  builder.add(resident("1", "A", "渡邊　太郎", "ワタナベ　タロウ", Sex::male, {1948, 3, 11},
                       "和歌山県東牟婁郡串本町高富12番地3"));
  builder.add(resident("2", "A", "渡邊　花子", "ワタナベ　ハナコ", Sex::female, {1950, 7, 2},
                       "和歌山県東牟婁郡串本町高富12番地3"));
  builder.add(resident("3", "B", "齋藤　博", "サイトウ　ヒロシ", Sex::male, {1960, 1, 15},
                       "和歌山県東牟婁郡串本町串本1234番地"));
  builder.add(resident("4", "C", "山本　さくら", "ヤマモト　サクラ", Sex::female, {2010, 4, 1},
                       "和歌山県東牟婁郡串本町串本2234番地"));
  builder.add(resident("5", "C", "山本　健一", "ヤマモト　ケンイチ", Sex::male, {1980, 12, 24},
                       "和歌山県東牟婁郡串本町串本2234番地"));
  builder.add(resident("6", "D", "山本　健二", "ヤマモト　ケンジ", Sex::male, {1982, 5, 5},
                       "和歌山県東牟婁郡串本町潮岬77番地"));
  for (int i = 0; i < 300; ++i) {
    const Stranger other = stranger(i);
    builder.add(other.record());
  }
  return builder.finish();
}

}  // namespace

TEST_CASE("plain rows find their resident, and say why") {
  const Registry registry = small_town();
  CHECK(registry.size() == 306);
  const Matcher matcher(registry);
  Record row;
  row.name = "渡辺 太郎";
  row.kana = "わたなべ たろう";
  row.age = 78;
  row.address = "高富 12-3";
  const Answer answer = matcher.match(row);
  CHECK(answer.decision == Decision::match);
  CHECK(answer.resident == "1");
  CHECK(answer.probability > .99);
  REQUIRE(!answer.reasons.empty());
  CHECK(answer.reasons[0].level == level::kanji_same);
}

TEST_CASE("kana in the name column, reversed names, names without a space, a surname with an age") {
  const Registry registry = small_town();
  const Matcher matcher(registry);
  Record row;
  row.birth = {1960, 1, 15};
  for (const std::string_view name :
       {"サイトウ ヒロシ", "さいとうひろし", "斉藤博", "博 斎藤", "ｻｲﾄｳ ﾋﾛｼ", "斎藤", "斎藤博 様"}) {
    CAPTURE(name);
    row.name = name;
    const Answer answer = matcher.match(row);
    CHECK(answer.resident == "3");
    CHECK(answer.decision != Decision::none);
  }
}

TEST_CASE(
    "somebody who is no resident is not taken for one, even with a resident's family name and address") {
  const Registry registry = small_town();
  const Matcher matcher(registry);
  Record row;
  row.name = "渡辺 健太";
  row.age = 12;
  row.sex = Sex::male;
  row.address = "高富 12-3";
  CHECK(matcher.match(row).decision != Decision::match);
  Record stranger_row;
  stranger_row.name = "ジョン スミス";
  stranger_row.age = 33;
  CHECK(matcher.match(stranger_row).decision == Decision::none);
  CHECK(matcher.match(Record{}).decision == Decision::none);
}

TEST_CASE(
    "a list: families beside each other, the same person twice, and the same answers on one thread and two") {
  const Registry registry = small_town();
  std::vector<Record> rows(4);
  rows[0].name = "山本 さくら";
  rows[0].age = 16;
  rows[1].name = "ヤマモト ケンイチ";
  rows[2].name = "渡邉 花子";
  rows[2].birth = {1950, 7, 2};
  rows[3] = rows[2];
  std::vector<Answer> first;
  for (const unsigned threads : {1U, 2U}) {
    MatchOptions options;
    options.threads = threads;
    Matcher matcher(registry, Weights::defaults(), options);
    std::vector<Answer> answers = matcher.match_all(rows);
    REQUIRE(answers.size() == 4);
    CHECK(answers[0].resident == "4");
    CHECK(answers[1].resident == "5");
    CHECK(answers[2].resident == "2");
    CHECK(answers[3].same_as_row == 2);
    if (first.empty())
      first = std::move(answers);
    else
      for (std::size_t i = 0; i < 4; ++i)
        CHECK(answers[i].probability == first[i].probability);
  }
  // Without hearing the neighbours each row is as it would be alone.
  MatchOptions alone;
  alone.learn = alone.families = false;
  Matcher matcher(registry, Weights::defaults(), alone);
  const auto answers = matcher.match_all(rows);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(answers[i].probability == matcher.match(rows[i]).probability);
}

TEST_CASE("somebody who is no resident, on the list twice and three times") {
  const Registry registry = small_town();
  std::vector<Record> rows(30);
  std::vector<Stranger> others;
  for (int i = 2000; i < 2030; ++i)
    others.push_back(stranger(i));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].name = others[i].name;
    rows[i].birth = others[i].birth;
    rows[i].address = "大阪府大阪市北区梅田1-2";
  }
  rows[4].name = rows[21].name = "勅使河原 菊乃";
  rows[4].birth = rows[21].birth = {1944, 5, 6};
  rows[21].address = {};
  Matcher matcher(registry);
  const auto answers = matcher.match_all(rows);
  CHECK(answers[21].decision == Decision::none);
  CHECK(answers[21].same_as_row == 4);
  int doubles = 0;
  for (const Answer& answer : answers)
    doubles += answer.same_as_row.has_value();
  CHECK(doubles == 1);
  rows[27] = rows[4];
  const auto again = Matcher(registry).match_all(rows);
  CHECK(again[21].same_as_row == 4);
  CHECK(again[27].same_as_row == 4);
}

TEST_CASE("a family's one telephone number speaks for each of them") {
  RegistryBuilder builder(test_context());
  Record mother =
      resident("1", "A", "加藤　順子", "カトウ　ジュンコ", Sex::female, {1959, 1, 1}, "串本町古座54番地9");
  mother.phone = "0735-06-6694";
  builder.add(mother);
  builder.add(
      resident("2", "A", "加藤　和也", "カトウ　カズヤ", Sex::male, {1985, 2, 2}, "串本町古座54番地9"));
  for (int i = 0; i < 300; ++i) {
    const Stranger other = stranger(i);
    builder.add(other.record());
  }
  const Registry registry = builder.finish();
  Record row;
  row.name = "加藤 和也";
  row.phone = "0735-06-6694";
  const Answer answer = Matcher(registry).match(row);
  CHECK(answer.resident == "2");
  CHECK(answer.decision == Decision::match);
}

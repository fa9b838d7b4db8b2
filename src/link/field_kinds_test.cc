// Each kind of thing that people write in a field, against a town that has the person and some who are like
// them: what is found, and that it is not found by chance.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "link/closer.h"
#include "link/compare.h"
#include "link/doubles.h"
#include "link/foreign_names.h"
#include "link/index.h"
#include "link/matcher.h"
#include "link/reader.h"
#include "link/test_town.h"
#include "link/written_row.h"

using namespace sonae;
using namespace sonae::link;

namespace {

Record person(const char* id, const char* household, const char* name, const char* kana, Sex sex,
              text::PartialDate birth, const char* address) {
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

// Eight people among 3,000 others.
const Registry& town() {
  static const Registry registry = [] {
    RegistryBuilder builder(test_context());
    for (int i = 0; i < 3000; ++i)
      builder.add(stranger(i).record());
    const char* home = "和歌山県東牟婁郡串本町串本55番地1";
    Record hanako = person("hanako", "a", "斎藤　花子", "サイトウ　ハナコ", Sex::female, {1958, 4, 2}, home);
    hanako.former_family_name = "勘解由";
    builder.add(hanako);
    builder.add(person("kenta", "a", "斎藤　健太", "サイトウ　ケンタ", Sex::male, {1988, 9, 9}, home));
    builder.add(person("sota", "a", "斎藤　颯太", "サイトウ　ソウタ", Sex::male, {2018, 1, 30}, home));
    builder.add(person("nam", "b", "NGUYEN　VAN NAM", "グエン　ヴァン ナム", Sex::male, {1996, 3, 3},
                       "和歌山県東牟婁郡串本町大島7番地"));
    builder.add(person("wang", "c", "王　小明", "ワン　シャオミン", Sex::male, {1990, 5, 5},
                       "和歌山県東牟婁郡串本町須江3番地"));
    Record kim = person("kim", "d", "金　英洙", "キム　ヨンス", Sex::male, {1949, 11, 1},
                        "和歌山県東牟婁郡串本町田並8番地");
    kim.other_name = "金田　英一";
    builder.add(kim);
    builder.add(person("maria", "e", "SANTOS　MARIA", "サントス　マリア", Sex::female, {1985, 7, 7},
                       "和歌山県東牟婁郡串本町和深9番地"));
    builder.add(person("watanabe", "f", "渡邉　弘", "ワタナベ　ヒロシ", Sex::male, {1940, 6, 1},
                       "和歌山県東牟婁郡串本町姫21番地"));
    return builder.finish();
  }();
  return registry;
}

Record row(const char* name, const char* kana = "", int age = -1, const char* address = "",
           const char* note = "") {
  Record r;
  r.id = "1";
  r.name = name;
  r.kana = kana;
  if (age >= 0) r.age = age;
  r.address = address;
  r.note = note;
  return r;
}

// Who is the likeliest, and how probable.
std::pair<std::string, double> best(const Record& written) {
  static const Matcher matcher(town());
  const Answer answer = matcher.match(written);
  if (!answer.resident.empty()) return {answer.resident, answer.probability};
  if (answer.alternatives.empty()) return {"", 0};
  return {answer.alternatives[0].resident, answer.alternatives[0].probability};
}
void finds(const char* who, const Record& written, double at_least = .5) {
  const auto [resident, probability] = best(written);
  INFO(std::string(written.name), " ", std::string(written.kana), " -> ", resident, " ", probability);
  CHECK(resident == who);
  CHECK(probability >= at_least);
}

}  // namespace

TEST_CASE("kanji, old and confused forms, kana, no space, the other way round") {
  finds("hanako", row("斎藤 花子", "", 68), .9);
  finds("hanako", row("齋藤花子", "", 68), .9);
  finds("hanako", row("斉藤花子", "", 68), .9);
  finds("hanako", row("さいとう はなこ", "", 68), .9);
  finds("hanako", row("花子 斎藤", "", 68), .9);
  finds("watanabe", row("渡辺博", "わたなべひろし", 86), .9);
  finds("watanabe", row("ワタナベ　ヒロシ", "", 86), .9);
}

TEST_CASE("a name the other way round is hardly less sure than the right way") {
  const double straight = best(row("斎藤 花子")).second;
  CHECK(best(row("花子 斎藤")).first == "hanako");
  CHECK(best(row("花子 斎藤")).second > .7 * straight);
  // 林 清 among people called 林: as it stands it is a name, and nobody's turned one.
  CHECK(best(row("林 清")).first != "hanako");
}

TEST_CASE(
    "a letter taken for another is seen even where nothing else speaks for the pair, if all is looked at") {
  const Registry& registry = town();
  const Index& index = registry.index();
  const Comparison compare(index, registry.context(), Date{2026, 11, 20});
  WordCache cache;
  const Record written = row("斎籐 次郎");
  const auto queries = read_row(registry.context(), written, cache, index.frequencies(), index.places());
  std::size_t nearly = 0, looked_at = 0;
  for (std::uint32_t slot = 0; slot < index.slots(); ++slot) {
    const Pattern quick = compare(queries.front(), index.features(slot));
    const Pattern full = compare.by_letters(queries.front(), index.features(slot));
    nearly += quick.level(Field::family_name) == level::kanji_near;
    looked_at += full.level(Field::family_name) == level::kanji_confused;
    if (quick.level(Field::family_name) != level::kanji_near) CHECK(full == quick);
  }
  CHECK(nearly >= 3);  // the three of 斎藤
  CHECK(looked_at >= 3);
}

TEST_CASE("titles, readings in brackets, companions and bullets are no part of a name") {
  finds("hanako", row("斎藤花子様", "", 68), .9);
  finds("watanabe", row("渡邉 弘氏", "", 86), .9);
  finds("hanako", row("・斎藤花子（さいとうはなこ）", "", 68), .9);
  finds("hanako", row("斎藤 花子さん 他2名", "", 68), .9);
  finds("kenta", row("3. 斎藤健太（長男）", "", 38), .9);
  finds("sota", row("斎藤 そうたくん", "", 8), .9);
}

TEST_CASE("only a family name, only a given name, a nickname: asked, not taken for granted") {
  finds("hanako", row("斎藤", "", 68, "串本55の1"));
  finds("sota", row("そうたちゃん", "", 8, "串本55-1"));
  finds("kenta", row("斎藤 けんちゃん", "", 38, "串本55-1"));
  CHECK(best(row("斎藤")).second < .95);
}

TEST_CASE("ちゃん follows a given name; a part that nobody has does not hide the other") {
  const Record nickname = row("けんちゃん");
  const WrittenRow read(nickname);
  CHECK(read.record().family_name.empty());
  CHECK(read.record().given_name == "けん");
  finds("kenta", row("けんちゃん", "", 38, "串本55-1"));
  // The given name first and no space between; a family name that was misheard.
  finds("hanako", row("花子斎藤", "", 68), .9);
  finds("kenta", row("さえとうけんた", "", 38, "串本55-1"), .9);
}

TEST_CASE("a given name that begins with a vowel is not taken for the end of the family name") {
  // One word: ワアイ is no long ワ, サイ and マアツ neither.
  RegistryBuilder builder(test_context());
  for (int i = 0; i < 2000; ++i)
    builder.add(stranger(i).record());
  const char* home = "和歌山県東牟婁郡串本町串本55番地1";
  builder.add(person("ai", "a", "中沢　愛", "ナカザワ　アイ", Sex::female, {1992, 11, 14}, home));
  builder.add(person("akio", "a", "中沢　秋男", "ナカザワ　アキオ", Sex::male, {1950, 2, 3}, home));
  builder.add(person("aiko", "b", "岡　愛", "オカ　アイ", Sex::female, {1970, 3, 3}, home));
  builder.add(person("eriko", "c", "渡辺　絵里子", "ワタナベ　エリコ", Sex::female, {1960, 4, 9}, home));
  builder.add(person("uta", "d", "永野　詩", "ナガノ　ウタ", Sex::female, {2019, 5, 20}, home));
  builder.add(person("none", "e", "沢井　直", "サワイ　ナオ", Sex::male, {1981, 6, 1}, home));
  const Registry registry = builder.finish();
  const Matcher matcher(registry);
  const auto found = [&](const char* name, const char* kana, int age) {
    const Answer answer = matcher.match(row(name, kana, age));
    return answer.resident;
  };
  CHECK(found("なかざわあい", "", 34) == "ai");
  CHECK(found("ナカザワアキオ", "", 76) == "akio");
  CHECK(found("オカアイ", "", 56) == "aiko");
  CHECK(found("わたなべえりこ", "", 66) == "eriko");
  CHECK(found("永野詩", "ながのうた", 7) == "uta");
  CHECK(found("サワイナオ", "", 45) == "none");
}

TEST_CASE("a former family name, in the registry or in the row") {
  finds("hanako", row("勘解由 花子", "", 68), .9);
  Record married = row("高村 花子", "", 68);
  married.note = "旧姓 斎藤";
  finds("hanako", married, .5);
  finds("hanako", row("高村花子（旧姓斎藤）", "", 68), .5);
}

TEST_CASE("Vietnamese names in any order, with and without the middle name, in letters and in kana") {
  for (const char* name : {"NGUYEN VAN NAM", "Nguyen Van Nam", "NAM NGUYEN", "Nguyen Nam",
                           "グエン・ヴァン・ナム", "グエンヴァンナム", "グエン ナム", "ナム グエン"})
    finds("nam", row(name, "", 30), .5);
  finds("nam", row("ナム", "", 30, "大島7"), .5);
}

TEST_CASE("Chinese and Korean names by each of their readings, and everyday names") {
  for (const char* name : {"王小明", "王 小明", "ワン シャオミン", "オウ ショウメイ", "おうしょうめい"})
    finds("wang", row(name, "", 36), .5);
  for (const char* name : {"金英洙", "キム ヨンス", "キン エイシュ", "金田英一"})
    finds("kim", row(name, "", 77), .5);
  const Record hayashi = person("1", "", "林　健太", "ハヤシ　ケンタ", Sex::male, {}, "");
  CHECK(other_forms(hayashi).empty());
}

TEST_CASE("other foreign names in letters and kana, given name first") {
  for (const char* name : {"SANTOS MARIA", "Maria Santos", "サントス マリア", "マリア・サントス"})
    finds("maria", row(name, "", 41), .5);
  // A kanji name without a reading has nothing to do with a name in letters, even if the birth date is the
  // same.
  Record other = row("斎藤真理亜");
  other.birth = {1985, 7, 7};
  CHECK(best(other).second < .1);
}

TEST_CASE("somebody's grandchild: the household counts, and the relation tells the sex") {
  finds("sota", row("斎藤さんの孫", "", 8, "串本55-1"));
  Record noted = row("颯太", "", 8, "", "斎藤さんの孫");
  finds("sota", noted, .5);
  const Record daughter = row("斎藤さんの娘");
  const WrittenRow read(daughter);
  CHECK(read.record().sex == Sex::female);
  CHECK(read.record().family_name == "斎藤");
  CHECK(read.relative_of() == "斎藤");
  // Beside the family the grandchild is found by them.
  const std::vector<Record> family{row("斎藤花子", "", 68, "串本55-1"), row("斎藤健太", "", 38, "串本55-1"),
                                   row("斎藤さんの孫", "", 8)};
  Matcher matcher(town());
  const auto answers = matcher.match_all(family);
  const Answer& third = answers[2];
  CHECK((third.resident.empty() ? third.alternatives.at(0).resident : third.resident) == "sota");
}

TEST_CASE("a number with a check digit: same, with a slip, unreadable") {
  // 983205673214 is the published example of a 個人番号.
  CHECK(!read_code("9832 0567 3214").unsound);
  CHECK(read_code("９８３２０５６７３２１４").hash == read_code("983205673214").hash);
  const Code slip = read_code("983205673914");
  CHECK(slip.unsound);
  CHECK(slip.may_mean(read_code("983205673214").hash));
  CHECK(compare_code(slip, read_code("983205673214").hash) == level::code_same_but_slip);
  CHECK(compare_code(read_code("983205673214"), read_code("123456789018").hash) == level::code_differs);
  CHECK(compare_code(Code{}, 5) == level::missing);
  CHECK(read_code("12").hash == 0);
  CHECK(!read_code("A-12345").unsound);

  RegistryBuilder builder(test_context());
  for (int i = 0; i < 500; ++i)
    builder.add(stranger(i).record());
  Record numbered = person("numbered", "z", "斎藤　花子", "サイトウ　ハナコ", Sex::female, {1958, 4, 2}, "");
  numbered.code = "983205673214";
  builder.add(numbered);
  const Registry registry = builder.finish();
  const Matcher matcher(registry);
  Record married = row("高村 花子");
  married.code = "983205673214";
  CHECK(matcher.match(married).resident == "numbered");
  CHECK(matcher.match(married).probability > .9);
  Record alone = row("タカムラ");  // the number leads to her, even with a slip and another name
  alone.code = "983205673914";
  const Answer found = matcher.match(alone);
  REQUIRE((!found.resident.empty() || !found.alternatives.empty()));
  CHECK((found.resident.empty() ? found.alternatives[0].resident : found.resident) == "numbered");
}

TEST_CASE("ages are as of a day, and round ages are round") {
  Record in_2020 = row("斎藤花子", "", 61);
  MatchOptions options;
  options.as_of = Date{2020, 3, 1};
  const Matcher then(town(), Weights::defaults(), options);
  const auto level_of_age = [](const Answer& answer) {
    for (const Reason& reason : answer.reasons)
      if (reason.field == Field::age) return reason.level;
    return level::missing;
  };
  CHECK(level_of_age(then.match(in_2020)) == level::age_same);
  CHECK(level_of_age(Matcher(town()).match(row("斎藤花子", "", 70))) == level::age_rounded);
}

TEST_CASE("nobody knew the kanji of the given name, and the row says nothing else") {
  for (const char* name : {"渡邉ヒロシ", "渡邉　ひろし"}) {
    CAPTURE(name);
    const Answer answer = Matcher(town()).match(row(name));
    CHECK(answer.resident == "watanabe");
    CHECK(answer.probability > .9);
  }
}

TEST_CASE("a birth date with a year of two figures is looked for under all that it may mean") {
  const auto dated = [](const char* name, text::PartialDate read, int age = -1) {
    Record r = row(name, "", age);
    r.birth = read;
    put_other_births(test_context().today, r);
    return r;
  };
  // 33.4.2 is 昭和33年 and might be 1933; 1.30 of the year 30 is 平成30年 and might be 1930 and 昭和30年.
  finds("hanako", dated("斎藤", {1933, 4, 2}), .5);
  finds("sota", dated("斎藤", {1930, 1, 30}), .5);
  finds("kenta", dated("斎藤 健太", {1963, 9, 9}), .9);  // 昭和63年
  // An age that fits one of them leaves that one.
  finds("hanako", dated("斎藤 花子", {1933, 4, 2}, 68), .9);
  Record clear = row("斎藤");
  clear.birth = {1933, 4, 2};
  CHECK(best(clear).second < .5);
}

TEST_CASE("80代 is not 80") {
  Record rough = row("斎藤花子", "", 60);
  rough.age_means = AgeMeans::decade;  // she is 68
  const Answer answer = Matcher(town()).match(rough);
  CHECK(answer.resident == "hanako");
  CHECK(std::ranges::any_of(
      answer.reasons, [](const Reason& r) { return r.field == Field::age && r.level == level::age_within; }));
}

TEST_CASE("the same person twice, without any registry, by an age or a birth date") {
  std::vector<Record> rows{row("難波太郎", "", 35, "大阪市北区1"), row("斎藤花子", "", 68),
                           row("北野二郎", "", 20), row("難波　太郎", "", 35, "大阪市北区1")};
  Record dated = row("北野 二郎");
  dated.birth = {2006, 2, 3};
  rows.push_back(dated);
  const auto doubles = find_doubles(test_context(), Weights::defaults(), rows);
  REQUIRE(doubles[3]);
  CHECK(doubles[3]->earlier == 0);
  REQUIRE(doubles[4]);
  CHECK(doubles[4]->earlier == 2);
  CHECK(!doubles[1]);
  CHECK(!doubles[2]);
}

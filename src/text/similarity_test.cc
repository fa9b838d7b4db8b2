#include "text/similarity.h"

#include "text/fold.h"
#include "text/jaro_winkler.h"
#include "text/test_tables.h"

using namespace sonae::text;

namespace {
double names(const char* one, const char* other) {
  return name_similarity(test_tables(), fold_name(test_tables(), one), fold_name(test_tables(), other));
}
double kana(const char* one, const char* other) {
  return kana_similarity(fold_kana(one), fold_kana(other));
}
}  // namespace

TEST_CASE("Jaro-Winkler of the published examples") {
  CHECK(jaro_winkler(U"MARTHA", U"MARHTA") == doctest::Approx(0.9611).epsilon(0.001));
  CHECK(jaro_winkler(U"DWAYNE", U"DUANE") == doctest::Approx(0.84).epsilon(0.001));
  CHECK(jaro_winkler(U"DIXON", U"DICKSONX") == doctest::Approx(0.8133).epsilon(0.001));
}

TEST_CASE("names that are taken for each other are near") {
  CHECK(names("渡邉太郎", "渡辺太郎") == 1);
  CHECK(names("斎藤一郎", "斉藤一郎") > 0.95);
  CHECK(names("斎藤一郎", "斉藤一郎") > names("近藤一郎", "斉藤一郎"));
  CHECK(names("山田太郎", "鈴木花子") < 0.3);
  CHECK(names("", "山田") == 0);
}

TEST_CASE("kana that are misheard or misread are near") {
  CHECK(kana("サトウ", "サトー") == 1);
  CHECK(kana("ナカシマ", "ナカジマ") > 0.9);
  CHECK(kana("シミズ", "ツミズ") > kana("カミズ", "ツミズ"));
  CHECK(kana("タナカ", "タカナ") > 0.7);
  CHECK(kana("ヤマダ", "スズキ") < 0.3);
}

TEST_CASE("dates with one mistake are nearer than with two") {
  CHECK(date_similarity({1948, 3, 11}, {1948, 3, 11}) == 1);
  CHECK(date_similarity({1948, 3, 0}, {1948, 3, 11}) == 1);
  CHECK(date_similarity({1948, 3, 11}, {1948, 11, 3}) > 0.8);
  CHECK(date_similarity({1935, 3, 11}, {1998, 3, 11}) > 0.8);  // 昭和10, 平成10
  CHECK(date_similarity({1948, 3, 11}, {1948, 3, 12}) > date_similarity({1948, 3, 11}, {1947, 3, 12}));
  CHECK(date_similarity({1948, 3, 11}, {2001, 7, 28}) < 0.2);
  CHECK(date_similarity({}, {1948, 3, 11}) == 0);
}

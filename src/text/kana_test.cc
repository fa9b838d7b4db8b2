#include "text/kana.h"

#include <doctest/doctest.h>

using namespace sonae::text;

TEST_CASE("kana of one kind become kana of the other") {
  CHECK(to_katakana("さとう ﾀﾛｳ・ｶﾞ") == "サトウ タロウ・ガ");
  CHECK(to_hiragana("サトウ ﾀﾛｳ ヴ") == "さとう たろう ゔ");
  CHECK(to_katakana("山田はな") == "山田ハナ");
}

TEST_CASE("kana only") {
  CHECK(is_kana_only("さとう　タロウ"));
  CHECK(is_kana_only("ｻﾄｳ"));
  CHECK_FALSE(is_kana_only("佐藤"));
  CHECK_FALSE(is_kana_only(""));
  CHECK_FALSE(is_kana_only("　"));
}

TEST_CASE("romaji in its spellings is read as katakana") {
  const struct {
    std::string romaji, kana;
  } kRows[] = {
      {"satou", "サトウ"},
      {"Sato", "サト"},
      {"SATOH", "サトウ"},
      {"satō", "サトウ"},
      {"ohno", "オウノ"},
      {"kohei", "コヘイ"},
      {"shinichi", "シニチ"},
      {"shin'ichi", "シンイチ"},
      {"homma", "ホンマ"},
      {"namba", "ナンバ"},
      {"hattori", "ハットリ"},
      {"matchi", "マッチ"},
      {"tuti", "ツチ"},
      {"hujita", "フジタ"},
      {"syunsuke", "シュンスケ"},
      {"jun", "ジュン"},
      {"zyun", "ジュン"},
      {"konno", "コンノ"},
      {"Yamada Taro", "ヤマダ タロ"},
      {"kyo", "キョ"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.romaji);
    CHECK(romaji_to_katakana(row.romaji).value_or("") == row.kana);
  }
  CHECK_FALSE(romaji_to_katakana("smith"));
  CHECK_FALSE(romaji_to_katakana("佐藤"));
  CHECK_FALSE(romaji_to_katakana(""));
}

TEST_CASE("katakana as romaji") {
  CHECK(katakana_to_romaji("サトウ") == "sato");
  CHECK(katakana_to_romaji("オオノ") == "ono");
  CHECK(katakana_to_romaji("シンイチ") == "shin'ichi");
  CHECK(katakana_to_romaji("ハットリ") == "hattori");
  CHECK(katakana_to_romaji("マッチ") == "matchi");
  CHECK(katakana_to_romaji("ホンマ") == "homma");
  CHECK(katakana_to_romaji("リョウ ジュンイチ") == "ryo jun'ichi");
}

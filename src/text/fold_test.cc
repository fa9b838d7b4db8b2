#include "text/fold.h"

#include "text/test_tables.h"
#include "text/utf8.h"

using namespace sonae::text;

TEST_CASE("spellings of one name fold alike") {
  const struct {
    std::string one, other;
  } kPairs[] = {
      {"渡邉", "渡辺"},     {"渡邊", "渡辺"},     {"髙橋", "高橋"},     {"山﨑", "山崎"},
      {"𠮷田", "吉田"},     {"齋藤", "斎藤"},     {"佐々木", "佐佐木"}, {"関ヶ原", "関ケ原"},
      {"関が原", "関ケ原"}, {"一ノ瀬", "一の瀬"}, {"一之瀬", "一ノ瀬"}, {"山田　太郎", "山田太郎"},
      {"Ｊｏｈｎ", "john"}, {"José", "JOSE"},     {"さくら", "サクラ"}, {"ｻｸﾗ", "さくら"},
      {"葛󠄀城", "葛城"},     {"神田", "神田"},     {"みすゞ", "ミスズ"}, {"山田・太郎", "山田 太郎"},
      {"三ツ矢", "三っ矢"}, {"⻑⾕川", "長谷川"}, {"⿓田", "竜田"},     {"𛀂き", "あき"},
  };
  for (const auto& pair : kPairs) {
    CAPTURE(pair.one);
    CAPTURE(pair.other);
    CHECK(fold_name(test_tables(), pair.one) == fold_name(test_tables(), pair.other));
  }
}

TEST_CASE("different names stay different") {
  const struct {
    std::string one, other;
  } kPairs[] = {{"斎藤", "斉藤"}, {"太田", "大田"}, {"坂本", "阪本"}, {"竹下", "ケ下"}, {"タケシ", "タガシ"}};
  for (const auto& pair : kPairs) {
    CAPTURE(pair.one);
    CHECK(fold_name(test_tables(), pair.one) != fold_name(test_tables(), pair.other));
  }
}

TEST_CASE("kana that sound alike fold alike") {
  const struct {
    std::string written, folded;
  } kRows[] = {
      {"さとう", "サト"},
      {"サトー", "サト"},
      {"ｻﾄｳ", "サト"},
      {"おおの", "オノ"},
      {"オーノ", "オノ"},
      {"ゆうこ", "ユコ"},
      {"けいこ", "ケイコ"},
      {"ケーコ", "ケイコ"},
      {"ヴァイオレット", "バイオレツト"},
      {"しづか", "シズカ"},
      {"ぢ", "ジ"},
      {"かをる", "カオル"},
      {"ゐ", "イ"},
      {"ｶﾞｯｺｳ", "ガツコ"},
      {"ﾊﾟﾊﾟ", "パパ"},
      {"りょうた", "リヨタ"},
      {"サトウ　タロウ", "サトタロ"},
      {"が", "ガ"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.written);
    CHECK(fold_kana(row.written) == row.folded);
  }
}

TEST_CASE("no character of Unicode is folded further by folding twice") {
  std::u32string unstable;
  for (char32_t c = 1; c < 0x31500; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string written;
    append_utf8(written, c);
    const std::string name = fold_name(test_tables(), written);
    const std::string kana = fold_kana(written);
    if (fold_name(test_tables(), name) != name || fold_kana(kana) != kana) unstable.push_back(c);
  }
  CHECK(to_utf8(unstable) == "");
}

TEST_CASE("folding never fails and is idempotent") {
  for (const std::string& written :
       std::initializer_list<std::string>{"", "\xFF\xFE", "㍻", "㈱山田", "ゞ", "ー", "々", "한국", "ヶ"}) {
    const std::string once = fold_name(test_tables(), written);
    CHECK(fold_name(test_tables(), once) == once);
  }
}
